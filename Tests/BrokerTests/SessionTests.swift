import Broker
import TestKit
import Testing

@Suite("sessions")
struct SessionTests {
    @Test("a message keeps its topic, payload, flags and MQTT 5 properties, with padding behind the payload")
    func fields() throws {
        let server = try MosquittoServer()
        let session = try SessionDriving.subscribed(SessionDriving.persistent(server), topics: ["a/#"])
        let other = MQTTSession(options: SessionOptions(clientID: "other", urls: [server.address]))
        try other.connect(to: server.address)
        let payload: [UInt8] = Array("温度".utf8)
        try unsafe payload.withUnsafeBytes { bytes in
            _ = try unsafe other.publish(
                topic: "a/b", payload: bytes, contentType: "text/plain", responseTopic: "answers/1",
                correlation: [0, 255, 7])
        }
        try other.publish(topic: "a/empty", payload: [UInt8](), qos: 0)
        try SessionDriving.settle(other)
        try SessionDriving.read(session, count: 2)

        let arena = session.incoming
        let record = arena.records[0]
        #expect(arena.topicText(0) == "a/b")
        #expect(unsafe Array(arena.payload(0)) == payload)
        #expect(record.fullLength == payload.count && record.qos == 1 && !record.retained && !record.oversize)
        #expect(unsafe String(decoding: arena.bytes(record.responseTopic), as: UTF8.self) == "answers/1")
        #expect(unsafe Array(arena.bytes(record.correlation)) == [0, 255, 7])
        let padding = record.payload.upperBound..<(record.payload.upperBound + MessageArena.padding)
        #expect(unsafe arena.bytes(padding).allSatisfy { $0 == 0 })
        #expect(arena.topicText(1) == "a/empty")
        #expect(arena.records[1].payload.isEmpty && arena.records[1].qos == 0)
        #expect(arena.records[1].correlation.isEmpty)
        arena.removeAll()
        #expect(arena.isEmpty && arena.byteCount == 0)
    }

    @Test("of a payload over the limit only the first 4 KiB are kept, with its true length")
    func oversize() throws {
        let server = try MosquittoServer()
        var options = SessionDriving.persistent(server)
        options.maximumMessageBytes = 10_000
        let session = try SessionDriving.subscribed(options, topics: ["t"])
        let publisher = PublishingClient(options: SessionOptions(clientID: "publisher", urls: [server.address]))
        try publisher.connect()
        for size in [10_000, 10_001, 300_000] {
            try publisher.publish("t", [UInt8](repeating: 65, count: size))
        }
        #expect(try publisher.flush())
        try SessionDriving.read(session, count: 3)
        #expect(session.incoming.records.map(\.oversize) == [false, true, true])
        #expect(session.incoming.records.map(\.payload.count) == [10_000, 4_096, 4_096])
        #expect(session.incoming.records.map(\.fullLength) == [10_000, 10_001, 300_000])
    }

    @Test("retained messages come once a session when only new subscriptions want them")
    func retainHandling() throws {
        let server = try MosquittoServer()
        let publisher = PublishingClient(options: SessionOptions(clientID: "publisher", urls: [server.address]))
        try publisher.connect()
        try publisher.publish("state/1", "on", retain: true)
        #expect(try publisher.flush())
        let options = SessionDriving.persistent(server)
        let session = MQTTSession(options: options)
        try session.connect(to: server.address)
        let subscription = Subscription(topic: "state/#", retainHandlingNew: true)
        try session.subscribe([subscription])
        try SessionDriving.settle(session)
        #expect(session.incoming.records.map(\.retained) == [true])
        // Resubscribing is what a reconnect does, whether or not the broker kept the session.
        session.incoming.removeAll()
        try session.subscribe([subscription])
        try SessionDriving.settle(session)
        #expect(session.incoming.isEmpty)
        try session.subscribe([Subscription(topic: "state/#")])
        try SessionDriving.settle(session)
        #expect(session.incoming.count == 1)
    }

    @Test("publications are acknowledged in order, beyond libmosquitto's 20 in flight")
    func publishing() throws {
        let server = try MosquittoServer()
        let session = MQTTSession(options: SessionOptions(clientID: "feed", urls: [server.address]))
        try session.connect(to: server.address)
        var mids: [Int32] = []
        for number in 0..<300 {
            mids.append(try session.publish(topic: "e/\(number)", payload: "x"))
        }
        try SessionDriving.settle(session)
        #expect(session.acknowledged == mids)
        #expect(session.refused.isEmpty)
        #expect(throws: BrokerError.self) { try session.publish(topic: "no/+/wildcards", payload: "x") }
    }

    @Test("a publication the broker's access rules forbid is refused, not acknowledged")
    func refusal() async throws {
        let folder = try TemporaryFolder()
        let rules = try folder.write("topic write allowed/#\n", to: "acl")
        var settings = MosquittoOptions()
        settings.extra = ["acl_file \(rules)"]
        let server = try MosquittoServer(settings)
        let session = MQTTSession(options: SessionOptions(clientID: "feed", urls: [server.address]))
        try session.connect(to: server.address)
        let good = try session.publish(topic: "allowed/1", payload: "x")
        let bad = try session.publish(topic: "forbidden/1", payload: "x")
        try session.write()
        try await eventually("an answer to both") {
            if Poll.wait([PollInterest(session.descriptor)], timeout: 10)[0].canRead {
                try session.read()
            }
            return session.acknowledged.count + session.refused.count == 2
        }
        #expect(session.acknowledged == [good])
        #expect(session.refused.map(\.mid) == [bad])
        #expect(session.refused.map(\.reason) == [135])
    }

    @Test("the last will appears when a session is abandoned, and not after a goodbye")
    func lastWill() throws {
        let server = try MosquittoServer()
        let watcher = SubscribingClient(options: SessionOptions(clientID: "watcher", urls: [server.address]))
        try watcher.connect(topics: ["status/#"])
        var options = SessionOptions(clientID: "feed", urls: [server.address])
        options.will = Will(topic: "status/feed", payload: Array("offline".utf8))
        let polite = MQTTSession(options: options)
        try polite.connect(to: server.address)
        polite.disconnectGracefully()
        #expect(!polite.isConnected)
        let rude = MQTTSession(options: options)
        try rude.connect(to: server.address)
        try rude.publish(topic: "status/marker", payload: "1")
        try SessionDriving.settle(rude)
        rude.abandon()
        #expect(try watcher.wait(milliseconds: 5_000) { $0.count == 2 })
        #expect(watcher.received.map(\.topic) == ["status/marker", "status/feed"])
    }

    @Test("a session taken over by another client ends, and its error names that cause")
    func takenOver() throws {
        let server = try MosquittoServer()
        let options = SessionDriving.persistent(server)
        let first = try SessionDriving.subscribed(options, topics: ["t"])
        let second = MQTTSession(options: options)
        try second.connect(to: server.address)
        let error = try #require(Self.endOf(first))
        #expect(error.context.contains("another client uses the same client_id"))
        #expect(!first.isConnected)
    }

    @Test("a DISCONNECT from the broker ends the session with the reason it gave")
    func disconnectReason() throws {
        // CONNACK without properties, then DISCONNECT with reason 142, session taken over (MQTT 5, 3.2 and 3.14).
        let listener = try MuteListener(saying: [0x20, 0x03, 0, 0, 0, 0xE0, 0x01, 142])
        let address = BrokerAddress(host: "127.0.0.1", port: listener.port)
        let session = MQTTSession(options: SessionOptions(clientID: "c", urls: [address]))
        try session.connect(to: address)
        let error = try #require(Self.endOf(session))
        #expect(error.code == 142)
        #expect(error.context.contains("another client uses the same client_id"))
        #expect(session.descriptor == -1)
    }

    /// Reads until the connection ends.
    private static func endOf(_ session: MQTTSession) -> BrokerError? {
        for _ in 0..<100 {
            _ = Poll.wait([PollInterest(session.descriptor)], timeout: 100)
            do {
                try session.read()
            } catch {
                return error
            }
        }
        return nil
    }

    @Test(
        "a wrong password is refused with a sentence that does not show it",
        arguments: [
            SessionOptions.ProtocolVersion.v5, .v311,
        ])
    func password(version: SessionOptions.ProtocolVersion) throws {
        let folder = try TemporaryFolder()
        let file = folder.file("passwords")
        let tool = try ChildProcess(
            "/usr/bin/mosquitto_passwd", ["-c", "-b", file, "alice", "right"], output: folder.file("log"))
        #expect(tool.wait() == 0)
        var settings = MosquittoOptions()
        settings.passwordFile = file
        let server = try MosquittoServer(settings)
        var options = SessionOptions(clientID: "c", urls: [server.address], protocolVersion: version)
        options.username = "alice"
        options.password = "wr0ng"
        let session = MQTTSession(options: options)
        let error = #expect(throws: BrokerError.self) { try session.connect(to: server.address) }
        #expect(error?.code == (version == .v5 ? 135 : 5))
        #expect(error?.context.contains("password_file") == true)
        #expect(error?.context.contains("wr0ng") == false)
        options.password = "right"
        try MQTTSession(options: options).connect(to: server.address)
    }

    @Test("keep-alive holds an idle session, and a deaf one shows its silence")
    func keepAlive() throws {
        let server = try MosquittoServer()
        var options = SessionOptions(clientID: "idle", urls: [server.address])
        options.keepAlive = 5
        let session = MQTTSession(options: options)
        try session.connect(to: server.address)
        #expect(session.keepAliveSeconds == 5)
        let start = ContinuousClock.now
        var longestSilence: Int64 = 0
        while ContinuousClock.now - start < .seconds(8) {
            if Poll.wait([PollInterest(session.descriptor)], timeout: 200)[0].canRead {
                try session.read()
            }
            longestSilence = max(longestSilence, session.silentFor)
            try session.keepAlive()
            if session.wantsWrite {
                try session.write()
            }
        }
        #expect(session.isConnected)
        #expect(longestSilence > 3_000 && longestSilence < 7_000)
        #expect(session.silentFor < 5_000)
    }
}
