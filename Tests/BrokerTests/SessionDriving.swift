import Broker
import TestKit

/// Drives a session as the daemon does, but only as far as a test says.
enum SessionDriving {
    /// Options of a session the broker keeps.
    static func persistent(
        _ server: MosquittoServer, _ clientID: String = "ingest", _ version: SessionOptions.ProtocolVersion = .v5
    ) -> SessionOptions {
        SessionOptions(
            clientID: clientID, urls: [server.address], protocolVersion: version, cleanStart: false,
            sessionExpiry: .max)
    }

    /// A session connected and subscribed.
    static func subscribed(_ options: SessionOptions, topics: [String]) throws -> MQTTSession {
        let session = MQTTSession(options: options)
        try session.connect(to: options.urls[0])
        try session.subscribe(topics.map { Subscription(topic: $0) })
        try settle(session)
        return session
    }

    /// Reads, without ever writing, until `count` messages are there or `milliseconds` have passed.
    static func read(_ session: MQTTSession, count: Int, milliseconds: Int = 10_000) throws {
        let deadline = ContinuousClock.now + .milliseconds(milliseconds)
        while session.incoming.count < count, ContinuousClock.now < deadline {
            if !session.mayHaveMore {
                guard Poll.wait([PollInterest(session.descriptor)], timeout: 100)[0].canRead else { continue }
            }
            try session.read()
        }
    }

    /// Writes everything queued, and waits until the broker has taken it: its answer to a SUBSCRIBE comes after what it
    /// did with all before.
    static func settle(_ session: MQTTSession) throws {
        let mid = try session.subscribe([Subscription(topic: "settle/\(session.options.clientID)")])[0]
        let deadline = ContinuousClock.now + .seconds(10)
        while !session.subscribed.contains(where: { $0.mid == mid }) {
            guard ContinuousClock.now < deadline else { throw TestKitError("no SUBACK within 10 s") }
            if session.wantsWrite {
                try session.write()
            }
            if session.mayHaveMore || Poll.wait([PollInterest(session.descriptor)], timeout: 100)[0].canRead {
                try session.read()
            }
        }
    }

    /// Publishes numbered messages and waits for their acknowledgements.
    static func publish(_ count: Int, to topic: String, at server: MosquittoServer) throws {
        let publisher = PublishingClient(options: SessionOptions(clientID: "publisher", urls: [server.address]))
        try publisher.connect()
        for number in 0..<count {
            try publisher.publish(topic, "\(number)")
        }
        guard try publisher.flush() else { throw TestKitError("the broker did not acknowledge \(count) publications") }
        publisher.disconnect()
    }

    /// The payloads a session holds, as numbers.
    static func numbers(_ session: MQTTSession) -> [Int] {
        (0..<session.incoming.count).map { index in
            Int(unsafe String(decoding: session.incoming.payload(index), as: UTF8.self)) ?? -1
        }
    }
}
