import Foundation
import Telemetry

/// Writes times for people, in the settings' time zone.
struct LocalTime {
    private let zone: TimeZone?

    /// - Parameter identifier: an IANA name.
    init(_ identifier: String) {
        zone = TimeZone(identifier: identifier)
    }

    /// `2026-11-23 15:00:00.123`; a dash for none.
    func text(_ milliseconds: Int64?) -> String {
        guard let milliseconds else { return "-" }
        let date = Date(timeIntervalSince1970: Double(milliseconds) / 1_000)
        let offset = Int64(zone?.secondsFromGMT(for: date) ?? 0) * 1_000
        let text = TimestampText.utc(milliseconds + offset)
        return text.dropLast().map { $0 == "T" ? " " : String($0) }.joined()
    }

    /// How long ago a time is, in the one or two units that matter: `3s`, `5m 10s`, `2d 4h`.
    static func age(_ milliseconds: Int64) -> String {
        let seconds = abs(milliseconds) / 1_000
        let text =
            switch seconds {
            case ..<60: "\(seconds)s"
            case ..<3_600: "\(seconds / 60)m \(seconds % 60)s"
            case ..<86_400: "\(seconds / 3_600)h \(seconds % 3_600 / 60)m"
            default: "\(seconds / 86_400)d \(seconds % 86_400 / 3_600)h"
            }
        return milliseconds < 0 && seconds > 0 ? "-" + text : text
    }
}
