import Alarms
package import Settings

/// A rule test read from its file (`schemas/rule-tests.md`): rules, what comes in, and the events that must come out.
package struct RuleTest: Sendable {
    /// The keys of the file.
    package enum Key: String, SectionKey {
        case name, about, site, points, registry, policies, clock, timezone, start
        case repeatEvery = "repeat"
        case ignore
        case restartChanges = "restart_changes"
        case steps
    }

    /// 2026-11-23T07:00:00Z: a whole minute, because late reports count by the minute.
    package static let standardStart: Int64 = 29_923_620 * 60_000

    package let file: SourceFile
    package let name: String
    package let about: String?
    /// In force at the start.
    let rules: Rules
    /// UTC milliseconds.
    let start: Int64
    let timeZone: String
    /// How often gateways send their last values again, milliseconds; nil for not at all.
    let repeatEvery: Int64?
    let ignored: IgnoredEvents
    /// Why a restart in between may change the events; nil where it must not.
    package let restartChanges: String?
    let steps: [Step]

    package var stepCount: Int { steps.count }
}
