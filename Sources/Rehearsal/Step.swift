import Pipeline
import Settings

/// One entry of a rule test's `steps`: when, what happens, and what must have come of it by then.
struct Step: Sendable {
    /// The keys of a step that are no operator's action and no point.
    enum Key: String, SectionKey {
        case at, after, from, to, every
        case clock
        case sequence = "seq"
        case gateway, broker, restart
        case wallClock = "wall_clock"
        case reload, expect, standing, counts, note
    }

    /// Milliseconds since the start.
    enum Time: Sendable, Hashable {
        case once(Int64)
        case series(from: Int64, to: Int64, every: Int64)
    }

    let line: Int
    let time: Time
    /// In the order written.
    var actions: [Action] = []
    var checks: [Check] = []
    var note: String?

    /// When the step is over.
    var end: Int64 {
        switch time {
        case .once(let time): time
        case .series(_, let last, _): last
        }
    }
}
