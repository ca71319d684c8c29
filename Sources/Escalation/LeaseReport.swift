package import Registry
package import Telemetry

/// What a consumer says of tasks it holds, or an operator of dead letters.
package struct LeaseReport: Sendable, Hashable {
    /// The most tasks of one report.
    package static let mostItems = 500

    package enum Verb: String, Sendable, CaseIterable {
        /// The tier was told.
        case done
        /// It could not be told; tried again after a while, and a dead letter after too many failures.
        case fail
        /// Somebody else shall do it; nothing is said against it.
        case release
        /// The consumer is still at it.
        case extend
        /// A dead letter, or one that waits for its next try, is to be claimed again now.
        case requeue

        /// Whether it is about a claim that its sender holds.
        package var needsLease: Bool { self != .requeue }
    }

    package struct Item: Sendable, Hashable {
        package let task: ULID
        /// The number of the claim under which it is held; of requeueing 0.
        package let claim: Int
        /// What happened, in words.
        package let note: String?

        package init(task: ULID, claim: Int, note: String? = nil) {
            self.task = task
            self.claim = claim
            self.note = note
        }
    }

    package enum Outcome: Sendable, Hashable {
        case done(EscalationTask)
        /// No open climb has such a task.
        case unknown
        /// Not possible as the task stands; says why.
        case refused(String)
    }

    package let verb: Verb
    package let items: [Item]
    package let holder: String
    /// Role and address of whoever reports; nil on the control socket.
    package let origin: String?
    /// What the sender may see.
    package let scope: AreaScope
    /// For extending: milliseconds from now.
    package let lease: Int64

    package init(
        _ verb: Verb, _ items: [Item], holder: String, origin: String? = nil, scope: AreaScope,
        lease: Int64 = 60_000
    ) {
        self.verb = verb
        self.items = items
        self.holder = holder
        self.origin = origin
        self.scope = scope
        self.lease = lease
    }

    /// The same of some of the tasks.
    package func part(_ items: some Sequence<Item>) -> LeaseReport {
        LeaseReport(verb, Array(items), holder: holder, origin: origin, scope: scope, lease: lease)
    }
}
