import Pipeline
package import Registry

/// What a rehearsal holds samples against: points, policies, and how far clocks may be off.
package struct Rules: Sendable {
    /// The node's name where no real one is meant.
    package static let node = "test"
    /// Tells nobody: a test that names no policy is about alarms only.
    package static let silence = EscalationRules(
        policies: ["default": EscalationPolicy(name: "default", tiers: [], climb: [:])])

    package let registry: Registry
    package let escalation: EscalationRules
    /// Milliseconds, as `clock.future_limit_s` and `clock.lag_limit_s`.
    package let futureLimit: Int64
    package let lagLimit: Int64

    package init(
        registry: Registry, escalation: EscalationRules, futureLimit: Int64 = 300_000, lagLimit: Int64 = 600_000
    ) {
        self.registry = registry
        self.escalation = escalation
        self.futureLimit = futureLimit
        self.lagLimit = lagLimit
    }

    func options(seed: UInt64) -> EngineOptions {
        EngineOptions(
            node: Rules.node, policies: escalation.policies, futureLimit: futureLimit, lagLimit: lagLimit,
            escalationHold: 0, seed: seed, duty: escalation.duty, grades: escalation.grades)
    }
}
