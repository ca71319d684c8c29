import Alarms
import Foundation

/// An event as the cases write it: seconds since the start, type, subject, state, value, and what else is
/// worth a word.
struct EventLine: Hashable, CustomStringConvertible {
    /// Milliseconds since the start.
    let elapsed: Int64
    let description: String

    init(_ event: Event, elapsed: Int64, episodes: inout EpisodeNumbers) {
        self.elapsed = elapsed
        let body = try? JSONSerialization.jsonObject(with: Data(event.body.utf8)) as? [String: Any]
        let data = body?["data"] as? [String: Any] ?? [:]
        var words = ["+" + EventLine.seconds(elapsed), EventLine.shortType(event.type), event.subject]
        words.append(data["state"] as? String ?? "-")
        words.append((data["value"] as? Double).map { "\(JSONText.number($0))" } ?? "-")
        if data["suppression"] as? String ?? "none" != "none" { words.append("suppressed") }
        if data["exercise"] as? Bool == true { words.append("exercise") }
        if let permit = data["permit"] as? String { words.append("permit=\(permit)") }
        if let first = data["first_out"] as? String {
            words.append(first == data["episode"] as? String ? "first-out" : "follows")
        }
        if let period = data["period"] as? String { words.append("period=\(period)") }
        if let tier = data["tier"] as? String { words.append("tier=\(tier)") }
        if let missed = data["missed"] as? Int { words.append("missed=\(missed)") }
        if let episode = data["episode"] as? String, event.type != "hazard.alarm.late.v1" {
            let number = episodes.number(episode, of: event.subject)
            if number > 1 { words.append("episode=\(number)") }
        }
        if let cause = data["cause"] as? String { words.append("(\(cause))") }
        description = words.joined(separator: " ")
    }

    static func seconds(_ milliseconds: Int64) -> String {
        JSONText.number(Double(milliseconds) / 1_000)
    }

    private static func shortType(_ type: String) -> String {
        let words = type.split(separator: ".")
        return words.dropFirst().dropLast().joined(separator: ".")
    }
}
