extension LifeCyclePath {
    /// Raised, confirmed, acknowledged, returned, latched and reset. By the standard policy a medium alarm climbs to
    /// two tiers within four hours, a high one to four, and a high one is raised anew two hours after it was
    /// acknowledged: deadlines for the kills to leave alone.
    static let acknowledging = [acknowledgedFirst, returnedFirst, latched, raisedFromTheLatch]

    private static let acknowledgedFirst = LifeCyclePath(
        "confirmed, acknowledged, gone; and again", PointRow("AK-1", ["H": "8", "priority": "H=high"]),
        [
            Step("raised", .beyond, brings: raised, leaves: .unacknowledged),
            Step("confirmed", .confirm, brings: "confirmed", leaves: .unacknowledged),
            Step("acknowledged", .acknowledge, brings: "acknowledged, \(highEnds)", leaves: .acknowledged),
            Step("gone", .back, brings: "returned, cleared", leaves: .normal),
            Step("raised again", .beyond, brings: raised, leaves: .unacknowledged),
            Step("acknowledged", .acknowledge, brings: "acknowledged, \(highEnds)", leaves: .acknowledged),
            Step("confirmed late", .confirm, brings: "confirmed", leaves: .acknowledged),
            Step("gone", .back, brings: "returned, cleared", leaves: .normal),
        ])

    private static let returnedFirst = LifeCyclePath(
        "gone before anybody saw it", PointRow("RT-1", ["H": "8", "priority": "H=medium"]),
        [
            Step("raised", .beyond, brings: raised, leaves: .unacknowledged),
            Step("returned", .back, brings: "returned", leaves: .returned),
            Step("raised again", .beyond, brings: "raised", leaves: .unacknowledged),
            Step("returned again", .back, brings: "returned", leaves: .returned),
            Step("acknowledged", .acknowledge, brings: "acknowledged, cleared, \(mediumEnds)", leaves: .normal),
        ])

    private static let latched = LifeCyclePath(
        "latched, acknowledged, reset",
        PointRow("LA-1", ["H": "8", "priority": "H=medium", "latching": "true"]),
        [
            Step("raised", .beyond, brings: raised, leaves: .unacknowledged),
            Step("latched", .back, brings: "returned", leaves: .latched),
            Step("acknowledged", .acknowledge, brings: "acknowledged, \(mediumEnds)", leaves: .latchedAcknowledged),
            Step("reset", .operate("reset"), brings: "reset, cleared", leaves: .normal),
        ])

    private static let raisedFromTheLatch = LifeCyclePath(
        "raised again out of either latched state",
        PointRow("LA-2", ["H": "8", "priority": "H=medium", "latching": "true"]),
        [
            Step("raised", .beyond, brings: raised, leaves: .unacknowledged),
            Step("acknowledged", .acknowledge, brings: "acknowledged, \(mediumEnds)", leaves: .acknowledged),
            Step("latched, seen", .back, brings: "returned", leaves: .latchedAcknowledged),
            Step("raised again", .beyond, brings: raised, leaves: .unacknowledged),
            Step("latched, not seen", .back, brings: "returned", leaves: .latched),
            Step("raised again", .beyond, brings: "raised, \(mediumEnds), due enterprise", leaves: .unacknowledged),
            Step("acknowledged", .acknowledge, brings: "acknowledged, \(mediumEnds)", leaves: .acknowledged),
            Step("latched, seen", .back, brings: "returned", leaves: .latchedAcknowledged),
            Step("reset", .operate("reset"), brings: "reset, cleared", leaves: .normal),
        ])
}
