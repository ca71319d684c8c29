extension EscalationTask {
    /// The longest lease that can be had, in milliseconds.
    package static let longestLease: Int64 = 3_600_000
    /// Failures of one announcement after which it is a dead letter.
    package static let mostFailures = 5
    /// The most characters kept of what a consumer said.
    package static let longestNote = 500

    private static let firstBackOff: Int64 = 5_000
    static let longestBackOff: Int64 = 300_000

    /// Milliseconds until a task that has failed so often is ready again: 5, 10, 20 … s, at most 5 min.
    static func backOff(failures: Int) -> Int64 {
        min(longestBackOff, firstBackOff << Int64(min(max(failures, 1) - 1, 16)))
    }

    /// Its time has come. A consumer that holds it goes on, and gets it again when it is done.
    package mutating func announce(at now: Int64) {
        announcements += 1
        failures = 0
        if state != .leased { becomeReady(at: state == .ready ? readyAt ?? now : now) }
    }

    /// Hands it to a consumer for so many milliseconds.
    package mutating func lease(to holder: String, for duration: Int64, at now: Int64) {
        state = .leased
        attempts += 1
        retryAt = nil
        lease = Lease(
            holder: holder, until: now + min(duration, EscalationTask.longestLease), announcement: announcements)
    }

    /// Whether a claim of that number still holds it.
    package func isHeld(by holder: String, claim: Int) -> Bool {
        state == .leased && lease?.holder == holder && attempts == claim
    }

    /// Whether nothing but its state, its claim and its note differs from how it was before.
    package func differsInClaimOnly(from former: EscalationTask) -> Bool {
        id == former.id && dueAt == former.dueAt && wait == former.wait && announcements == former.announcements
            && readyAt == former.readyAt && failures == former.failures && retryAt == former.retryAt
            && isClosed == former.isClosed
    }

    /// The tier was told. Where it was announced again meanwhile, that is still to be done.
    package mutating func complete(note: String?, at now: Int64) {
        let announcement = lease?.announcement ?? announcements
        self.note = note
        failures = 0
        guard announcement == announcements else { return becomeReady(at: now) }
        state = .done
    }

    /// The tier could not be told.
    package mutating func fail(note: String?, at now: Int64) {
        self.note = note
        failures += 1
        if failures >= EscalationTask.mostFailures {
            state = .deadLettered
            retryAt = nil
        } else {
            state = .failed
            retryAt = now + EscalationTask.backOff(failures: failures)
        }
    }

    /// Back into the queue, with nothing said against it: by its holder, by an operator, or after the back-off.
    package mutating func becomeReady(at now: Int64) {
        state = .ready
        readyAt = now
        lease = nil
        retryAt = nil
    }

    /// The lease holds for so many milliseconds from now.
    package mutating func extend(for duration: Int64, at now: Int64) {
        lease?.until = now + min(duration, EscalationTask.longestLease)
    }

    /// The tier has nobody who could be told.
    package mutating func skip(note: String?) {
        state = .skipped
        self.note = note
        dueAt = nil
    }

    /// Its climb has ended. What was done stays done.
    package mutating func close() {
        if state != .done, state != .skipped { state = .cancelled }
        dueAt = nil
        retryAt = nil
        isClosed = true
    }

    /// Moves what is kept in wall-clock terms along with a clock that was set.
    mutating func shift(by step: Int64) {
        dueAt = dueAt.map { $0 + step }
        retryAt = retryAt.map { $0 + step }
        lease?.until += step
    }

    /// Shortens waits that a wall clock set back would make longer than they can have been.
    /// - Returns: whether there were any.
    mutating func limitWaits(now: Int64) -> Bool {
        let before = self
        if let dueAt, dueAt - now > wait { self.dueAt = now + wait }
        if let retryAt { self.retryAt = min(retryAt, now + EscalationTask.longestBackOff) }
        if let lease { self.lease?.until = min(lease.until, now + EscalationTask.longestLease) }
        return self != before
    }
}
