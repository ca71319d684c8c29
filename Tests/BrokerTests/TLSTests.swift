import Broker
import Foundation
import TestKit
import Testing

@Suite("TLS", .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl")))
struct TLSTests {
    @Test("with mutual TLS a burst is read to its end and comes again unacknowledged")
    func mutual() throws {
        let certificates = try Certificates()
        var settings = MosquittoOptions()
        settings.tls = certificates.files("broker")
        settings.requireCertificate = true
        let server = try MosquittoServer(settings)
        var options = SessionDriving.persistent(server)
        options.tls = certificates.files("client")
        let session = try SessionDriving.subscribed(options, topics: ["t"])
        var publishing = SessionOptions(clientID: "publisher", urls: [server.address])
        publishing.tls = certificates.files("client")
        let publisher = PublishingClient(options: publishing)
        try publisher.connect()
        for number in 0..<3_000 {
            try publisher.publish("t", "\(number)")
        }
        #expect(try publisher.flush())
        try SessionDriving.read(session, count: 3_000)
        #expect(SessionDriving.numbers(session) == Array(0..<3_000))
        session.abandon()

        let second = MQTTSession(options: options)
        try second.connect(to: server.address)
        try SessionDriving.read(second, count: 3_000)
        #expect(second.incoming.count == 3_000)

        options.tls = certificates.files(nil)
        let bare = MQTTSession(options: options)
        #expect(throws: BrokerError.self) { try bare.connect(to: server.address) }
    }

    @Test("packets that came in one TLS record are all read, though the socket has nothing left to poll for")
    func oneRecord() async throws {
        let certificates = try Certificates()
        let files = certificates.files("broker")
        let folder = try TemporaryFolder()
        // CONNACK, then more QoS 1 messages than libmosquitto's socket pair holds signals for: topic t, no properties.
        var bytes: [UInt8] = [0x20, 0x03, 0, 0, 0]
        for number in 1...1_000 {
            bytes += [0x32, 7, 0, 1, 0x74, UInt8(number >> 8), UInt8(number & 255), 0, 0x31]
        }
        try Data(bytes).write(to: URL(fileURLWithPath: folder.file("packets")))
        // openssl sends its input once the handshake is over, which its output tells; probes do not get that far.
        let port = try FreePort.find()
        let log = folder.file("log")
        let packets = folder.file("packets")
        let input = "until grep -q BEGIN '\(log)'; do sleep 0.02; done; tail -c +1 -f --pid=$$ '\(packets)'"
        let server = "openssl s_server -ign_eof -accept 127.0.0.1:\(port)"
        let identity = "-cert '\(files.certFile ?? "")' -key '\(files.keyFile ?? "")'"
        let child = try ChildProcess(
            "/bin/bash", ["-c", "exec \(server) \(identity) < <(\(input))"], output: log)
        try await eventually("openssl listens") { FreePort.isListening(port) }

        let address = BrokerAddress(tls: true, host: "localhost", port: port)
        var options = SessionOptions(clientID: "c", urls: [address])
        options.tls = certificates.files(nil)
        let session = MQTTSession(options: options)
        try session.connect(to: address)
        try SessionDriving.read(session, count: 1_000, milliseconds: 5_000)
        #expect(session.incoming.count == 1_000)
        child.kill()
    }

    @Test("a broker whose certificate names another host, or is signed by a stranger, is refused by name")
    func verification() throws {
        let certificates = try Certificates()
        var settings = MosquittoOptions()
        settings.tls = certificates.files("stranger")
        let server = try MosquittoServer(settings)
        var options = SessionOptions(clientID: "c", urls: [server.address])
        options.tls = certificates.files(nil)
        let session = MQTTSession(options: options)
        let misnamed = #expect(throws: BrokerError.self) { try session.connect(to: server.address) }
        #expect(misnamed?.context.contains("host name") == true)

        options.tls = TLSFiles()
        let untrusting = MQTTSession(options: options)
        let untrusted = #expect(throws: BrokerError.self) { try untrusting.connect(to: server.address) }
        #expect(untrusted?.context.contains("ca_file") == true)

        options.tls = TLSFiles(caFile: "missing.pem")
        let misconfigured = MQTTSession(options: options)
        let missing = #expect(throws: BrokerError.self) { try misconfigured.connect(to: server.address) }
        #expect(missing?.context.contains("missing.pem") == true)
    }
}
