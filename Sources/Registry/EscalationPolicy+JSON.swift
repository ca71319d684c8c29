import Foundation
import Telemetry

/// A policy as one JSON object, complete: an episode keeps the policy it was born with. Times are milliseconds.
extension EscalationPolicy {
    /// The same policy is the same text every time.
    package var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Texts and whole numbers can always be written.
        return (try? encoder.encode(Form(self))).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// Reads what `json` wrote; nil if it is anything else. What an earlier version did not write is as if left out of
    /// the policies file.
    package init?(json: String) {
        guard let form = try? JSONDecoder().decode(Form.self, from: Data(json.utf8)), let policy = form.policy else {
            return nil
        }
        self = policy
    }

    private struct Form: Codable {
        var name: String
        var tiers: [String]
        var climb: [String: [Int64]]
        var grades: [String: [String: [Int64]]]?
        var notify: [String: [Target]]?
        var stopOn: [String]
        var stopOnByPriority: [String: [String]]?
        var repeatEvery: Int64?
        var realarm: [String: Int64]
        var shelving: [String: Int64]

        private enum CodingKeys: String, CodingKey {
            case name, tiers, climb, grades, notify
            case stopOn = "stop_on"
            case stopOnByPriority = "stop_on_by_priority"
            case repeatEvery = "repeat"
            case realarm
            case shelving = "shelve_at_most"
        }

        init(_ policy: EscalationPolicy) {
            name = policy.name
            tiers = policy.tiers
            climb = Form.named(policy.climb)
            grades = Dictionary(uniqueKeysWithValues: policy.grades.map { (String($0), Form.named($1)) })
            notify = policy.notify.mapValues { $0.map { Target($0) } }
            stopOn = Form.words(policy.stopOn)
            stopOnByPriority = Form.named(policy.stopOnByPriority).mapValues { Form.words($0) }
            repeatEvery = policy.repeatEvery
            realarm = Form.named(policy.realarm)
            shelving = Form.named(policy.shelving)
        }

        /// Nil where a word means nothing.
        var policy: EscalationPolicy? {
            guard let climb = Form.prioritised(climb), let realarm = Form.prioritised(realarm),
                let shelving = Form.prioritised(shelving), let stopOn = Form.stopEvents(stopOn),
                let ownStops = Form.prioritised(stopOnByPriority ?? [:])
            else { return nil }
            var policy = EscalationPolicy(
                name: name, tiers: tiers, climb: climb, stopOn: stopOn, repeatEvery: repeatEvery, realarm: realarm,
                shelving: shelving)
            for (priority, words) in ownStops {
                guard let events = Form.stopEvents(words) else { return nil }
                policy.stopOnByPriority[priority] = events
            }
            for (text, waits) in grades ?? [:] {
                guard let grade = Int(text), let waits = Form.prioritised(waits) else { return nil }
                policy.grades[grade] = waits
            }
            for (tier, targets) in notify ?? [:] {
                let known = targets.compactMap(\.target)
                guard known.count == targets.count else { return nil }
                policy.notify[tier] = known
            }
            return policy
        }

        private static func named<Value>(_ values: [Priority: Value]) -> [String: Value] {
            Dictionary(uniqueKeysWithValues: values.map { ($0.name, $1) })
        }

        private static func prioritised<Value>(_ values: [String: Value]) -> [Priority: Value]? {
            var found: [Priority: Value] = [:]
            for (name, value) in values {
                guard let priority = Priority(name: name) else { return nil }
                found[priority] = value
            }
            return found
        }

        private static func words(_ events: Set<StopEvent>) -> [String] { events.map(\.rawValue).sorted() }

        private static func stopEvents(_ words: [String]) -> Set<StopEvent>? {
            let events = words.compactMap { StopEvent(rawValue: $0) }
            return events.count == words.count ? Set(events) : nil
        }
    }

    /// A word, or a roster.
    private enum Target: Codable {
        case word(String)
        case roster(String)

        private enum Key: String, CodingKey {
            case roster
        }

        init(_ target: NotifyTarget) {
            switch target {
            case .responsible(let role): self = .word(role.rawValue)
            case .deputies: self = .word(NotifyTarget.deputiesWord)
            case .roster(let name): self = .roster(name)
            }
        }

        init(from decoder: any Decoder) throws {
            if let word = try? decoder.singleValueContainer().decode(String.self) {
                self = .word(word)
            } else {
                self = .roster(try decoder.container(keyedBy: Key.self).decode(String.self, forKey: .roster))
            }
        }

        func encode(to encoder: any Encoder) throws {
            switch self {
            case .word(let word):
                var container = encoder.singleValueContainer()
                try container.encode(word)
            case .roster(let name):
                var container = encoder.container(keyedBy: Key.self)
                try container.encode(name, forKey: .roster)
            }
        }

        /// Nil for a word that means nothing.
        var target: NotifyTarget? {
            switch self {
            case .word(let word): NotifyTarget(word: word)
            case .roster(let name): .roster(name)
            }
        }
    }
}
