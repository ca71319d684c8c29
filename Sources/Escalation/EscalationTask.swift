package import Telemetry

/// One tier's turn in the climb of one episode: announced when its time comes, and again at the policy's repeat while it
/// is the highest tier reached. Each announcement is work for whoever serves the tier: it waits to be claimed, is leased
/// to a consumer, and ends as done, or as a dead letter after too many failures.
package struct EscalationTask: Sendable, Hashable {
    /// Raw values are stored.
    package enum State: String, Sendable, CaseIterable {
        /// Its time has not come.
        case scheduled
        /// Announced, and nobody has claimed it.
        case ready
        /// Claimed by a consumer, for a time.
        case leased
        /// A consumer says that the tier was told.
        case done
        /// A consumer could not tell the tier, or its lease ran out; tried again later.
        case failed
        /// It failed too often; waits for an operator, or the next announcement.
        case deadLettered = "dead_lettered"
        /// Passed over, as the tier had nobody to be told.
        case skipped
        /// The climb was stopped before the tier was told.
        case cancelled
    }

    /// A consumer's right to a task, for a time.
    package struct Lease: Sendable, Hashable {
        /// Who holds it: the name under which it was claimed.
        package let holder: String
        /// UTC milliseconds.
        package var until: Int64
        /// Which announcement it is about.
        package let announcement: Int

        package init(holder: String, until: Int64, announcement: Int) {
            self.holder = holder
            self.until = until
            self.announcement = announcement
        }
    }

    package let id: ULID
    package let episode: ULID
    /// The alarm's `site/object/CONDITION`.
    package let subject: String
    package let tier: String
    /// The tier's place in the policy, from 0.
    package let step: Int
    package var state: State
    /// When the next announcement falls due, UTC milliseconds; nil when none is to come.
    package var dueAt: Int64?
    /// How long that wait was when it began; a wall clock that stepped never makes it longer.
    package var wait: Int64
    /// How often it was announced.
    package var announcements: Int
    /// Since when it has been ready, UTC milliseconds: the order in which tasks are claimed.
    package var readyAt: Int64?
    /// How often it was claimed. The number of a claim tells it from every other one of the task, so that whoever comes
    /// back with a former one is turned away (a fencing token).
    package var attempts = 0
    /// Failures since the last announcement.
    package var failures = 0
    package var lease: Lease?
    /// When a failed one is ready again, UTC milliseconds.
    package var retryAt: Int64?
    /// What a consumer said last.
    package var note: String?
    /// Whether its climb has ended, so that nothing becomes of it any more.
    package var isClosed = false

    package init(
        id: ULID, episode: ULID, subject: String, tier: String, step: Int, state: State = .scheduled, dueAt: Int64?,
        wait: Int64, announcements: Int = 0
    ) {
        self.id = id
        self.episode = episode
        self.subject = subject
        self.tier = tier
        self.step = step
        self.state = state
        self.dueAt = dueAt
        self.wait = wait
        self.announcements = announcements
    }

    /// The site of the alarm.
    package var site: String { String(subject.prefix { $0 != "/" }) }

    /// Whether somebody is still to be told: it waits for a consumer, is with one, or is tried again.
    package var isUndelivered: Bool { state == .ready || state == .leased || state == .failed }

    /// What tells one announcement from every other, so that a consumer can see that it has dealt with it already.
    package var idempotencyKey: String { "\(id)/\(announcements)" }
}
