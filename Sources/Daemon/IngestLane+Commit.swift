import Broker
import Feed
import Figures
import Logging
import Pipeline
import Store
import Telemetry

extension IngestLane {
    private static let firstRetry: Int64 = 20
    private static let longestRetry: Int64 = 1_000

    /// Commits what has followed from the inputs, trying the same burst again until the store takes it.
    /// - Returns: false if the daemon was told to stop before it did; then nothing of it may be acknowledged.
    func settle() -> Bool {
        var failures = 0
        var retry = IngestLane.firstRetry
        while needsCommit {
            do {
                try commit()
                if failures > 0 { logger.notice("store-recovered: the burst was committed after \(failures) failures") }
                if failures > 1, !isHolding { engine.lowerNode(.store, at: SystemClock.now()) }
                failures = 0
            } catch {
                failures += 1
                report(error, failures: failures)
                guard !isStopping, pause(retry) else { return fail() }
                retry = min(retry * 2, IngestLane.longestRetry)
            }
        }
        return true
    }

    var needsCommit: Bool {
        !engine.effects.isEmpty || engine.totals != committedTotals || !pendingRecords.isEmpty || isCursorAwaited
    }

    private func commit() throws(StoreError) {
        let now = SystemClock.now()
        let began = SystemClock.nanoseconds()
        let newest = engine.effects.journal.isEmpty ? nil : engine.effects.journal.latest
        let samples = engine.totals.received - committedTotals.received
        // Only where there are some: sharing the effects has them made anew for the next burst.
        let events =
            engine.effects.events.isEmpty
            ? nil : CommittedEvents(events: engine.effects.events, alarms: engine.effects.alarms)
        try store.commit(
            engine.effects, gatewayRecord: { self.engine.record(ofGateway: $0) }, cursors: cursors,
            records: pendingRecords, configuration: pendingConfiguration, at: now.wall)
        pendingRecords = []
        pendingConfiguration = nil
        committedTotals = engine.totals
        engine.didCommit()
        if let events { eventsCommitted(events) }
        cursors = [:]
        isCursorAwaited = false
        note(samples: samples, newest: newest, commitBegan: began)
        for answer in answers { answer(true) }
        answers = []
        bursts += 1
    }

    /// Puts up the figures of a commit.
    private func note(samples: Int64, newest: Int64?, commitBegan began: Int64) {
        let now = SystemClock.now()
        let ended = SystemClock.nanoseconds()
        let seconds = Double(ended - began) / 1e9
        let received = burstBegan
        burstBegan = nil
        board.update { figures in
            figures.accounting = committedTotals
            figures.burstSamples.add(Double(samples))
            figures.commitSeconds.add(seconds)
            figures.isStoreFailing = false
            figures.isHolding = isHolding
            figures.hasCommitted = true
            figures.gatewaysOffline = engine.offlineCount
            figures.escalations = (
                engine.readyEscalations, engine.escalationsUnderWay, engine.deadLetterCount
            )
            if let received {
                figures.lag = ended - received
                figures.receiptToCommitSeconds.add(Double(figures.lag) / 1e9)
                // Of a burst without a message the samples were imported: their age says nothing of the sources.
                if let newest { figures.sampleAgeSeconds.add(Double(now.wall - newest) / 1_000) }
            }
        }
    }

    /// Says what is wrong, once per stretch, and sees to it that STORE is part of what is committed next.
    private func report(_ error: StoreError, failures: Int) {
        if failures == 1 || failures % 60 == 0 {
            logger.error("store-failed: \(error); nothing is acknowledged until it is committed")
        }
        let now = SystemClock.now()
        board.update { figures in
            figures.commitFailures += 1
            figures.isStoreFailing = true
        }
        if error.kind == .full {
            reserve.release()
            hold()
        }
        if error.kind == .full || failures > 1 {
            engine.raiseNode(
                .store, priority: .critical, cause: error.kind == .full ? "disk full" : "commit failed", at: now)
        }
        engine.suspendLiveness(at: now)
        engine.advance(to: now)
    }

    /// Stops taking telemetry in until there is space again: the session is given up unacknowledged, and the broker
    /// keeps what it is not told to forget.
    private func hold() {
        isHolding = true
        session?.abandon()
        session = nil
        subscriptionsOwed = []
    }

    /// Waits before the next try; false when told to stop.
    private func pause(_ milliseconds: Int64) -> Bool {
        _ = Poll.wait([PollInterest(inbox.wake.descriptor)], timeout: Int(milliseconds))
        for item in inbox.takeAll() {
            switch item {
            case .stop: isStopping = true
            case .cursor(let name, let sequence, .none): cursors[name] = sequence
            case .command, .cursor, .reload, .records, .snapshot, .samples, .claim, .report: item.refuse()
            }
        }
        // The thread does its work, whatever the disk does: STORE tells of that, and a restart would mend nothing.
        let now = SystemClock.now().monotonic
        board.update { $0.lastTurn = now }
        notifier.alive(at: now)
        return !isStopping
    }

    /// Deletes a slice of the journal that day files hold now; the rest another turn.
    func deleteCompacted() {
        do {
            _ = try store.deleteCompacted()
        } catch {
            logger.error("store-chore-failed: \(error)")
        }
    }

    private func fail() -> Bool {
        logger.critical("store-abandoned: stopping with a burst that could not be committed; the broker keeps it")
        session?.abandon()
        session = nil
        for answer in answers { answer(false) }
        answers = []
        return false
    }
}
