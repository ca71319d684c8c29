import Escalation
import Figures
import Pipeline
import Telemetry

/// Escalations for consumers. A turn deals with so many tasks only, so that a sample that comes meanwhile need not wait
/// for a whole batch: what is left of a claim or report is the next turns'. A turn that began with samples is not theirs, so
/// that an alarm's commit does not take longer for their tasks; but a claim that waits for an alarm is served with it.
extension IngestLane {
    /// The most tasks of a turn while telemetry comes.
    private static let slice = 25
    /// The most tasks of a turn while none comes.
    private static let largestSlice = 500
    /// How long after the last message it is taken that none comes, in milliseconds.
    private static let quiet: Int64 = 250
    /// How long consumers wait for a turn without samples before one with samples is theirs too, in milliseconds.
    private static let patience: Int64 = 5

    func admit(_ waiting: WaitingClaim) {
        guard waitingClaims.count < WaitingClaim.bound else { return waiting.reply(nil) }
        waitingClaims.append(waiting)
    }

    func admit(_ waiting: WaitingReport) {
        guard waitingReports.count < WaitingReport.bound else { return waiting.reply(nil) }
        waitingReports.append(waiting)
    }

    /// - Parameter hasMessages: whether the turn has read messages.
    /// - Returns: whether there was something to do.
    func serveConsumers(at now: Instant, hasMessages: Bool) -> Bool {
        let most = now.monotonic - lastMessage > IngestLane.quiet ? IngestLane.largestSlice : IngestLane.slice
        var room = most
        let isTheirTurn = !hasMessages || consumersDeferred.map { now.monotonic - $0 >= IngestLane.patience } ?? false
        if isTheirTurn { serveReports(&room, at: now) }
        serveClaims(&room, at: now, isTheirTurn: isTheirTurn)
        let isLeft = !isTheirTurn && (!waitingReports.isEmpty || waitingClaims.contains { $0.isFresh })
        consumersDeferred = isLeft ? consumersDeferred ?? now.monotonic : nil
        consumerDeadline = room == 0 || isLeft ? now.monotonic : waitingClaims.lazy.map(\.deadline).min()
        return room < most
    }

    private func serveReports(_ room: inout Int, at now: Instant) {
        while room > 0, let waiting = waitingReports.first {
            let part = waiting.report.items.dropFirst(waiting.outcomes.count).prefix(room)
            room -= part.count
            waitingReports[0].outcomes += engine.report(waiting.report.part(part), at: now)
            guard waitingReports[0].outcomes.count == waiting.report.items.count else { return }
            let finished = waitingReports.removeFirst()
            answers.append { isCommitted in finished.reply(isCommitted ? finished.outcomes : nil) }
        }
    }

    /// Hands out what is ready, to whoever came first and wants it; sends away those whose time is over.
    /// - Parameter isTheirTurn: whether for claims of any kind, or for those only that wait for what comes next.
    private func serveClaims(_ room: inout Int, at now: Instant, isTheirTurn: Bool) {
        guard !waitingClaims.isEmpty else { return }
        var left: [WaitingClaim] = []
        for var waiting in waitingClaims {
            guard room > 0, isTheirTurn || !waiting.isFresh else {
                left.append(waiting)
                continue
            }
            let isOver = waiting.isGone() || isServed(&waiting, &room, at: now)
            if isOver || (waiting.claimed.isEmpty && now.monotonic >= waiting.deadline) {
                answer(waiting)
            } else {
                left.append(waiting)
            }
        }
        waitingClaims = left
        if room > 0 {
            for place in waitingClaims.indices where isTheirTurn || !waitingClaims[place].isFresh {
                waitingClaims[place].seen = engine.queueGeneration
            }
        }
        board.update { $0.waitingClaims = left.count }
    }

    /// Adds to a claim what there is for it, within what the turn has room for.
    /// - Returns: whether it has something, and will get no more.
    private func isServed(_ waiting: inout WaitingClaim, _ room: inout Int, at now: Instant) -> Bool {
        guard !waiting.claimed.isEmpty || waiting.seen != engine.queueGeneration else { return false }
        let wanted = min(room, waiting.claim.limit - waiting.claimed.count)
        let claimed = engine.claim(waiting.claim.limited(to: wanted), at: now)
        room -= claimed.count
        waiting.claimed += claimed
        return !waiting.claimed.isEmpty && (claimed.count < wanted || waiting.claimed.count == waiting.claim.limit)
    }

    private func answer(_ waiting: WaitingClaim) {
        guard !waiting.claimed.isEmpty else { return waiting.reply([]) }
        answers.append { isCommitted in waiting.reply(isCommitted ? waiting.claimed : nil) }
    }

    func refuseConsumers() {
        for waiting in waitingClaims { waiting.reply(nil) }
        for waiting in waitingReports { waiting.reply(nil) }
        waitingClaims = []
        waitingReports = []
        consumersDeferred = nil
        consumerDeadline = nil
    }
}
