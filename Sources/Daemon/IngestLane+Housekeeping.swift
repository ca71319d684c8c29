import Broker
import Evidence
import Historian
import Logging
import Pipeline
import Registry
import Settings
import Store
import Telemetry

extension IngestLane {
    /// The chores of a second, and of longer: keep-alive, checkpoint, snapshot, disk space, clock.
    func houseKeep(at now: Instant) {
        if let deadline = schedule.brokerDeadline, now.monotonic >= deadline, !isSubscribed {
            schedule.brokerDeadline = nil
            let reason = connector.lastFailure.map { "\($0)" } ?? "no broker answered yet"
            logger.warning("broker-unreachable: \(reason); trying on")
            engine.brokerLost(cause: "unreachable", at: now)
        }
        tendLog(isIdle: false)
        guard now.monotonic >= schedule.nextTick else { return }
        schedule.nextTick = now.monotonic + Housekeeping.tickEvery
        let isIdle = bursts == schedule.burstsAtTick
        schedule.burstsAtTick = bursts
        keepAlive()
        if isIdle { tendLog(isIdle: true) }
        do {
            // While bursts are committed, cursors go with them.
            if isIdle, !cursors.isEmpty, engine.effects.isEmpty {
                try store.commit(
                    engine.effects, gatewayRecord: { self.engine.record(ofGateway: $0) }, cursors: cursors,
                    at: now.wall)
                cursors = [:]
            }
            if now.monotonic >= schedule.nextSnapshot, engine.totals.received != schedule.receivedAtSnapshot {
                schedule.receivedAtSnapshot = engine.totals.received
                try store.save(snapshotOf: engine, at: now.wall)
                schedule.nextSnapshot = now.monotonic + Housekeeping.snapshotEvery
            }
            if isSealDue || now.monotonic >= schedule.nextSeal, pendingRecords.isEmpty { seal(at: now) }
        } catch {
            logger.error("store-chore-failed: \(error)")
        }
        if now.monotonic >= schedule.nextSpaceCheck {
            schedule.nextSpaceCheck = now.monotonic + (isHolding ? Housekeeping.tickEvery : Housekeeping.spaceEvery)
            checkSpace(at: now)
            checkClock(at: now)
        }
    }

    private func tendLog(isIdle: Bool) {
        do {
            try store.tendLog(isIdle: isIdle)
        } catch {
            logger.error("store-chore-failed: \(error)")
        }
    }

    /// Makes a snapshot of what is committed.
    /// - Returns: whether it is on disk.
    func saveSnapshot(at now: Instant) -> Bool {
        do {
            try store.save(snapshotOf: engine, at: now.wall)
            return true
        } catch {
            logger.error("snapshot-failed: \(error)")
            return false
        }
    }

    /// Signs the chain's head; a failure is said, and tried again with the next second's chores.
    func seal(at now: Instant) {
        do {
            try sealer.seal(at: now.wall)
            isSealDue = false
            schedule.nextSeal = now.monotonic + Housekeeping.sealEvery
        } catch {
            logger.error("seal-failed: \(error)")
        }
    }

    private func keepAlive() {
        guard let session else { return }
        do {
            let deaf = Int64(session.keepAliveSeconds) * 1_500
            guard deaf == 0 || session.silentFor < deaf else {
                lose(session, "nothing heard for \(session.silentFor / 1_000) s, 1.5 times the keep-alive")
                return
            }
            try session.keepAlive()
        } catch {
            lose(session, "\(error)")
        }
    }

    /// A filling disk raises STORE long before it stops anything; one that has space again lets reading go on.
    private func checkSpace(at now: Instant) {
        guard let free = store.folder.freeBytes else { return }
        reserve.restore()
        if isHolding, reserve.isHeld {
            isHolding = false
            connector.request()
            logger.notice("store-space: there is space again, reading goes on")
        }
        let floor = Int64(configuration.settings.retention.diskFloor) << 20
        switch Retention.Space(free: free, floor: floor) {
        case .short, .last: engine.raiseNode(.store, priority: .critical, cause: "disk floor", at: now)
        case .filling: engine.raiseNode(.store, priority: .high, cause: "disk filling", at: now)
        // A tenth more than what raised it, so that it does not come and go.
        case .enough where !isHolding && free > floor * 2 + floor / 5: engine.lowerNode(.store, at: now)
        case .enough: break
        }
    }

    /// A wall clock behind what is already on record, or one that nothing disciplines, is said to be so.
    private func checkClock(at now: Instant) {
        if let last = store.lastCommit, now.wall < last - Housekeeping.tickEvery {
            engine.raiseNode(.clock, priority: .medium, cause: "behind the last commit", at: now)
        } else if !SystemClock.isSynchronised {
            engine.raiseNode(.clock, priority: .medium, cause: "unsynchronised", at: now)
        } else {
            engine.lowerNode(.clock, at: now)
        }
    }
}
