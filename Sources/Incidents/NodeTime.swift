import Foundation
import Telemetry

/// Times for people, in the node's time zone.
struct NodeTime {
    let name: String
    private let zone: TimeZone?

    init(_ name: String) {
        self.name = name
        zone = TimeZone(identifier: name)
    }

    /// `2026-11-23 15:00:00.123`
    func text(_ milliseconds: Int64) -> String {
        TimestampText.utc(local(milliseconds)).dropLast().map { $0 == "T" ? " " : String($0) }.joined()
    }

    /// `15:00:00`
    func clock(_ milliseconds: Int64, seconds: Bool) -> String {
        String(text(milliseconds).dropFirst(11).prefix(seconds ? 8 : 5))
    }

    /// The time as if the zone were UTC, for round numbers on an axis.
    func local(_ milliseconds: Int64) -> Int64 {
        let date = Date(timeIntervalSince1970: Double(milliseconds) / 1_000)
        return milliseconds + Int64(zone?.secondsFromGMT(for: date) ?? 0) * 1_000
    }
}
