import Pipeline

/// The words that steps of rule tests are made of, besides the names of points.
package enum RuleTestWords {
    /// The keys of a step that are no operator's action.
    package static let own = Step.Key.allCases.map(\.rawValue)
    static let steps = own + OperatorCommand.Action.allCases.map(\.rawValue)
}
