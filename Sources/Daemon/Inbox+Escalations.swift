import Broker
import Escalation
import OperatorAPI
import Synchronization
import Telemetry

extension Inbox: EscalationDesk {
    func claim(_ claim: EscalationClaim, patience: Int64) async throws -> [ClaimedEscalation] {
        let isGone = Gone()
        let claimed: [ClaimedEscalation]? = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waiting = WaitingClaim(
                    claim: claim, deadline: SystemClock.now().monotonic + patience, isGone: { isGone.value }
                ) { continuation.resume(returning: $0) }
                if !put(.claim(waiting)) { continuation.resume(returning: nil) }
            }
        } onCancel: {
            isGone.set()
            wake.signal()
        }
        guard let claimed else { throw InboxUnavailable.busy }
        return claimed
    }

    func report(_ report: LeaseReport) async throws -> [LeaseReport.Outcome] {
        let outcomes: [LeaseReport.Outcome]? = await withCheckedContinuation { continuation in
            let waiting = WaitingReport(report: report) { continuation.resume(returning: $0) }
            if !put(.report(waiting)) { continuation.resume(returning: nil) }
        }
        guard let outcomes else { throw InboxUnavailable.busy }
        return outcomes
    }

    /// Whether whoever asked has gone.
    private final class Gone: Sendable {
        private let isSet = Mutex(false)
        var value: Bool { isSet.withLock { $0 } }
        func set() { isSet.withLock { $0 = true } }
    }
}
