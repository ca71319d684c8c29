import Alarms
import Telemetry

/// Something the engine does when its time comes, unless what it was set for has changed meanwhile.
struct EngineTimer: Comparable {
    enum Purpose: Equatable {
        case gatewaySilence(Int)
        case gapEnds(Int)
        case onDelay(rule: Int)
        /// A suppressed alarm is shown unless it returned meanwhile.
        case release(point: Int?, gateway: Int)
        /// Carries the wall-clock deadline that it stands for.
        case climb(ULID, dueAt: Int64)
        case realarm(ULID, dueAt: Int64)
        case endWithdrawal(AlarmSubject, dueAt: Int64)
        case endExercise(ULID, dueAt: Int64)
        /// A special period begins or ends. Carries its own deadline: one set before the wall clock was is passed over.
        case periods(deadline: Int64)
    }

    /// Milliseconds on the monotonic clock.
    let deadline: Int64
    let purpose: Purpose

    /// Gateways go before their points, so that an upper alarm stands before the lower ones ask for it.
    var rank: Int {
        switch purpose {
        case .gatewaySilence, .gapEnds, .periods: 0
        case .onDelay: 1
        case .release: 2
        case .climb, .realarm, .endWithdrawal, .endExercise: 3
        }
    }

    static func < (left: EngineTimer, right: EngineTimer) -> Bool {
        (left.deadline, left.rank) < (right.deadline, right.rank)
    }
}
