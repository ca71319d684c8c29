package import Registry

/// What the engine is told once, when it is made.
package struct EngineOptions: Sendable {
    package let node: String
    package let policies: [String: EscalationPolicy]
    package let specialPeriods: [SpecialPeriod]
    /// Who is on duty.
    package let duty: DutyPlan
    /// The hazard sources' grades by GB 18218, by site and source.
    package let grades: SourceGrades
    /// How far ahead of receipt a message's newest time may be, in milliseconds.
    package let futureLimit: Int64
    /// How far behind receipt the median message may be, in milliseconds.
    package let lagLimit: Int64
    /// How long after the start escalations that fell due during the stop are held back, in milliseconds.
    package let escalationHold: Int64
    package let seed: UInt64
    /// Which alarms hold the record around them.
    package let holds: HoldRule
    /// When the node raises FLOOD; nil for never.
    package let flood: FloodRule?

    package init(
        node: String, policies: [String: EscalationPolicy], futureLimit: Int64, lagLimit: Int64, escalationHold: Int64,
        seed: UInt64, holds: HoldRule = HoldRule(), specialPeriods: [SpecialPeriod] = [], duty: DutyPlan = DutyPlan(),
        grades: SourceGrades = SourceGrades(), flood: FloodRule? = nil
    ) {
        self.node = node
        self.policies = policies
        self.futureLimit = futureLimit
        self.lagLimit = lagLimit
        self.escalationHold = escalationHold
        self.seed = seed
        self.holds = holds
        self.specialPeriods = specialPeriods
        self.duty = duty
        self.grades = grades
        self.flood = flood
    }
}
