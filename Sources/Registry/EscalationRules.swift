/// What escalations go by.
package struct EscalationRules: Sendable {
    /// By name.
    package var policies: [String: EscalationPolicy]
    /// Who is on duty.
    package var duty: DutyPlan
    /// How grave the hazard sources are.
    package var grades: SourceGrades

    package init(
        policies: [String: EscalationPolicy], duty: DutyPlan = DutyPlan(), grades: SourceGrades = SourceGrades()
    ) {
        self.policies = policies
        self.duty = duty
        self.grades = grades
    }
}

extension Configuration {
    package var escalation: EscalationRules {
        EscalationRules(policies: policies, duty: duty, grades: SourceGrades(registry, by: standards))
    }
}
