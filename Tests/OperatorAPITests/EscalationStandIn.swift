import Escalation
import OperatorAPI
import Synchronization

/// Takes claims and reports in the daemon's place and answers as it is told: without, there is nothing to hand out, and
/// nothing that is reported is known.
final class EscalationStandIn: EscalationDesk {
    private struct State {
        var claims: [(claim: EscalationClaim, patience: Int64)] = []
        var reports: [LeaseReport] = []
        var claimed: [ClaimedEscalation] = []
        var outcome = LeaseReport.Outcome.unknown
    }

    private let state = Mutex(State())

    var claims: [(claim: EscalationClaim, patience: Int64)] { state.withLock { $0.claims } }
    var reports: [LeaseReport] { state.withLock { $0.reports } }

    func handOut(_ claimed: [ClaimedEscalation]) {
        state.withLock { $0.claimed = claimed }
    }

    func answer(_ outcome: LeaseReport.Outcome) {
        state.withLock { $0.outcome = outcome }
    }

    func claim(_ claim: EscalationClaim, patience: Int64) async throws -> [ClaimedEscalation] {
        state.withLock { state in
            state.claims.append((claim, patience))
            return state.claimed
        }
    }

    func report(_ report: LeaseReport) async throws -> [LeaseReport.Outcome] {
        state.withLock { state in
            state.reports.append(report)
            return report.items.map { _ in state.outcome }
        }
    }
}
