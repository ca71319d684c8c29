import Escalation
import Figures
import Pipeline
import Telemetry

extension IngestLane {
    func admit(_ waiting: WaitingClaim) {
        guard waitingClaims.count < WaitingClaim.bound else { return waiting.reply(nil) }
        waitingClaims.append(waiting)
    }

    /// Hands out what is ready, to whoever came first and wants it; sends away those whose time is over.
    func serveClaims(at now: Instant) {
        guard !waitingClaims.isEmpty else { return }
        waitingClaims.removeAll { waiting in
            if waiting.isGone() {
                waiting.reply([])
                return true
            }
            if engine.readyEscalations > 0, waiting.seen != engine.queueGeneration {
                let claimed = engine.claim(waiting.claim, at: now)
                if !claimed.isEmpty {
                    answers.append { [reply = waiting.reply] isCommitted in reply(isCommitted ? claimed : nil) }
                    return true
                }
            }
            guard now.monotonic >= waiting.deadline else { return false }
            waiting.reply([])
            return true
        }
        for place in waitingClaims.indices { waitingClaims[place].seen = engine.queueGeneration }
        claimDeadline = waitingClaims.lazy.map(\.deadline).min()
        board.update { $0.waitingClaims = waitingClaims.count }
    }

    func refuseClaims() {
        for waiting in waitingClaims { waiting.reply(nil) }
        waitingClaims = []
        claimDeadline = nil
    }
}
