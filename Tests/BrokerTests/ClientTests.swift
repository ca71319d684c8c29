import Broker
import TestKit
import Testing

@Suite("blocking clients")
struct ClientTests {
    @Test("a windowed publisher numbers its publications and reports each acknowledgement once, in order")
    func publisher() throws {
        let server = try MosquittoServer()
        let subscriber = SubscribingClient(options: SessionDriving.persistent(server, "subscriber"))
        try subscriber.connect(topics: ["t/#"])
        let publisher = PublishingClient(
            options: SessionOptions(clientID: "publisher", urls: [server.address]), window: 10)
        var acknowledged: [Int] = []
        publisher.onAcknowledged = { acknowledged.append($0) }
        #expect(throws: BrokerError.self) { try publisher.publish("t", "x") }
        try publisher.connect()
        // More than the 65,535 packet identifiers there are.
        for number in 0..<70_000 {
            let given = try publisher.publish("t/1", "\(number)")
            #expect(given == number)
            #expect(publisher.unacknowledged.count <= 10)
        }
        #expect(try publisher.flush())
        #expect(acknowledged == Array(0..<70_000))
        #expect(publisher.acknowledgedCount == 70_000)
        #expect(try subscriber.wait(milliseconds: 30_000) { $0.count >= 70_000 })
        #expect(subscriber.received.map { Int($0.text) } == Array(0..<70_000))
        publisher.disconnect()
        subscriber.disconnect()
    }

    @Test("publications of unknown fate are known after the broker is killed")
    func brokerKilled() throws {
        let server = try MosquittoServer()
        let publisher = PublishingClient(options: SessionOptions(clientID: "publisher", urls: [server.address]))
        try publisher.connect()
        try publisher.publish("t", "1")
        #expect(try publisher.flush())
        server.kill()
        #expect(throws: BrokerError.self) {
            for _ in 0..<100 {
                try publisher.publish("t", "2")
                try publisher.pump(milliseconds: 10)
            }
        }
        #expect(publisher.acknowledgedCount == 1)
        #expect(publisher.unacknowledged.allSatisfy { $0 > 0 })
        #expect(!publisher.isConnected)
        try server.start()
        try publisher.connect()
        try publisher.publish("t", "3")
        #expect(try publisher.flush())
    }
}
