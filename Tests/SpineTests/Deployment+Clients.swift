import Broker
import Foundation
import TestKit

extension Deployment {
    /// A gateway's connection, up and ready to publish.
    func publisher(_ name: String = "gateway", window: Int = 1_000) throws -> PublishingClient {
        let client = PublishingClient(
            options: SessionOptions(clientID: "\(name)-\(UUID().uuidString)", urls: [broker.address]), window: window)
        try client.connect()
        return client
    }

    /// A consumer that has subscribed.
    func subscriber(_ topics: String...) throws -> SubscribingClient {
        let client = SubscribingClient(
            options: SessionOptions(clientID: "consumer-\(UUID().uuidString)", urls: [broker.address]))
        try client.connect(topics: topics)
        return client
    }

    /// The retained messages of a topic filter, by topic.
    func retained(_ filter: String) throws -> [String: String] {
        let client = try subscriber(filter)
        defer { client.disconnect() }
        try client.pump(milliseconds: 200)
        return Dictionary(
            client.received.filter { $0.retained && !$0.payload.isEmpty }.map { ($0.topic, $0.text) },
            uniquingKeysWith: { _, last in last })
    }
}

extension PublishingClient {
    /// One scan of a gateway: values of one time.
    @discardableResult
    func scan(_ gateway: String = "gw1", at time: Int64, _ values: KeyValuePairs<String, Double>) throws -> Int {
        let list = values.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",")
        let number = try publish("hazard/v1/gateways/\(gateway)/telemetry", "{\"ts\":\(time),\"values\":{\(list)}}")
        try pump()
        return number
    }

    /// Sees to it that the broker has everything.
    func settle() throws {
        guard try flush() else {
            throw TestKitError("the broker did not acknowledge \(unacknowledged.count) publications")
        }
    }
}
