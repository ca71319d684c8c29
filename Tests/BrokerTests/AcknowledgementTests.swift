import Broker
import TestKit
import Testing

/// ARCHITECTURE, invariant 1: acknowledged means durable.
@Suite("acknowledgement after commit")
struct AcknowledgementTests {
    @Test("nothing is acknowledged before write", arguments: [SessionOptions.ProtocolVersion.v5, .v311])
    func nothingBeforeWrite(version: SessionOptions.ProtocolVersion) throws {
        let server = try MosquittoServer()
        let options = SessionDriving.persistent(server, "ingest", version)
        let first = try SessionDriving.subscribed(options, topics: ["t/#"])
        try SessionDriving.publish(500, to: "t/1", at: server)

        try SessionDriving.read(first, count: 500)
        #expect(SessionDriving.numbers(first) == Array(0..<500))
        #expect(first.incoming.records.allSatisfy { $0.qos == 1 })
        // None of these may flush what is queued either.
        try first.keepAlive()
        try first.publish(topic: "other", payload: "x")
        try first.subscribe([Subscription(topic: "other/#")])
        #expect(first.wantsWrite)
        first.abandon()

        let second = MQTTSession(options: options)
        try second.connect(to: server.address)
        #expect(second.connack?.sessionPresent == true)
        try SessionDriving.read(second, count: 500)
        #expect(SessionDriving.numbers(second) == Array(0..<500))
    }

    @Test("what was written is acknowledged", arguments: [SessionOptions.ProtocolVersion.v5, .v311])
    func writeAcknowledges(version: SessionOptions.ProtocolVersion) throws {
        let server = try MosquittoServer()
        let options = SessionDriving.persistent(server, "ingest", version)
        let first = try SessionDriving.subscribed(options, topics: ["t/#"])
        try SessionDriving.publish(500, to: "t/1", at: server)
        try SessionDriving.read(first, count: 500)
        try SessionDriving.settle(first)
        first.abandon()

        let second = MQTTSession(options: options)
        try second.connect(to: server.address)
        #expect(second.connack?.sessionPresent == true)
        try SessionDriving.settle(second)
        #expect(second.incoming.isEmpty)
    }

    @Test("a backlog that comes with the CONNACK is not acknowledged by connecting")
    func backlogAtConnect() throws {
        let server = try MosquittoServer()
        let options = SessionDriving.persistent(server)
        try SessionDriving.subscribed(options, topics: ["t/#"]).abandon()
        try SessionDriving.publish(50, to: "t/1", at: server)
        for _ in 0..<3 {
            let session = MQTTSession(options: options)
            try session.connect(to: server.address)
            try SessionDriving.read(session, count: 50)
            #expect(SessionDriving.numbers(session) == Array(0..<50))
            session.abandon()
        }
    }

    @Test("a broker that stops properly and comes back sends what was not acknowledged")
    func brokerRestart() throws {
        let server = try MosquittoServer()
        let options = SessionDriving.persistent(server)
        let first = try SessionDriving.subscribed(options, topics: ["t/#"])
        try SessionDriving.publish(20, to: "t/1", at: server)
        try SessionDriving.read(first, count: 20)
        try server.restart(keepPersistence: true)
        #expect(throws: BrokerError.self) {
            while true {
                try first.read()
            }
        }
        #expect(SessionDriving.numbers(first) == Array(0..<20))
        let second = MQTTSession(options: options)
        try second.connect(to: server.address)
        try SessionDriving.read(second, count: 20)
        #expect(SessionDriving.numbers(second) == Array(0..<20))

        try server.restart(keepPersistence: false)
        let third = MQTTSession(options: options)
        try third.connect(to: server.address)
        #expect(third.connack?.sessionPresent == false)
    }
}
