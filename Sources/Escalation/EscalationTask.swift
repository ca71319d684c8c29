package import Telemetry

/// One tier's turn in the climb of one episode: to be announced when its time comes, once, and again at
/// the policy's repeat while it is the highest tier reached.
package struct EscalationTask: Sendable, Hashable {
    /// Raw values are stored.
    package enum State: String, Sendable, CaseIterable {
        case scheduled
        case due
        case done
        case failed
        case cancelled
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

    /// Whether it still waits for its time or for somebody to act.
    package var isOpen: Bool { state == .scheduled || state == .due }
}
