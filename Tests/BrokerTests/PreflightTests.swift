import Broker
import TestKit
import Testing

@Suite("preflight")
struct PreflightTests {
    @Test("mosquitto's default of 20 messages in flight is warned about by name")
    func defaults() throws {
        var settings = MosquittoOptions()
        settings.maxInflightMessages = 20
        let server = try MosquittoServer(settings)
        let warnings = try Preflight.examine(SessionDriving.persistent(server))
        #expect(warnings.contains { $0.hasPrefix("receive-maximum:") && $0.contains("max_inflight_messages 0") })
        #expect(warnings.contains { $0.hasPrefix("max_queued_messages:") })
    }

    @Test("recommended settings raise no warning but what cannot be seen, and the probe leaves no session behind")
    func recommended() throws {
        let server = try MosquittoServer()
        let options = SessionDriving.persistent(server)
        let warnings = try Preflight.examine(options)
        #expect(warnings.map { $0.prefix { $0 != ":" } } == ["max_queued_messages"])
        var probe = options
        probe.clientID += "-preflight"
        let session = MQTTSession(options: probe)
        try session.connect(to: server.address)
        #expect(session.connack?.sessionPresent == false)
    }

    @Test("every limit a CONNACK can show has its warning")
    func limits() {
        var options = SessionOptions(clientID: "c", urls: [], sessionExpiry: .max)
        #expect(Preflight.warnings(ConnectionAcknowledgement(), options: options).isEmpty)
        var connack = ConnectionAcknowledgement()
        connack.sessionExpiry = 3_600
        connack.receiveMaximum = 20
        connack.maximumQoS = 0
        connack.retainAvailable = false
        connack.serverKeepAlive = 2
        connack.maximumPacketSize = 1_000
        let names = Preflight.warnings(connack, options: options).map { $0.prefix { $0 != ":" } }
        #expect(
            names == [
                "session-expiry", "receive-maximum", "maximum-qos", "retain-available", "server-keep-alive",
                "maximum-packet-size",
            ])
        options.protocolVersion = .v311
        #expect(Preflight.warnings(ConnectionAcknowledgement(), options: options).count == 1)
    }
}
