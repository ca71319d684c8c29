import Foundation
import Simulation
import Testing

/// A published payload read back the way a foreign consumer would.
struct TelemetryMessage {
    var gateway: String
    var sequence: Int
    var time: Int64
    var values: [String: Double]

    /// Every scan in the messages, in order.
    static func read(_ messages: [GatewayMessage]) throws -> [TelemetryMessage] {
        try messages.flatMap { message in
            let json = try JSONSerialization.jsonObject(with: Data(message.payload))
            let records = try json as? [[String: Any]] ?? [#require(json as? [String: Any])]
            return try records.map { record in
                TelemetryMessage(
                    gateway: message.gateway,
                    sequence: try #require(record["seq"] as? Int),
                    time: try #require(record["ts"] as? Int64),
                    values: try #require(record["values"] as? [String: Double]))
            }
        }
    }
}
