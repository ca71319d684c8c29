extension LifeCyclePath {
    /// Milliseconds to most of the deadlines of `deadlines`: enough for a step, a kill, a start and a look before.
    static let wait: Int64 = 4_000

    /// The climb of a critical alarm goes to its third tier while the others' second deadlines run.
    static let policies = """
        policies:
          default:
            tiers: [enterprise, township, county]
            climb: {critical: [0s, 4s, 10s], high: [0s], medium: [0s, 1h], low: [0s]}
            realarm: {high: 4s}
        """

    /// What the passing of time brings, first between two kills, then while the daemon is down.
    static let deadlines = [tierAfterTier, realarmed, delayRun, shelfEnded]

    private static let tierAfterTier = LifeCyclePath(
        "a climb from tier to tier", PointRow("CL-1", ["H": "8", "priority": "H=critical"]),
        [
            Step("raised", .beyond, brings: raised, leaves: .unacknowledged),
            Step("the second tier", brings: "due township", leaves: .unacknowledged),
            Step("the third tier", leaves: .unacknowledged, whileDown: "due county", then: .unacknowledged),
            Step(
                "over", .acknowledge, .back,
                brings: "acknowledged, \(mediumEnds), cancelled county, returned, cleared", leaves: .normal),
        ])

    private static let realarmed = LifeCyclePath(
        "acknowledged and forgotten", PointRow("RA-1", ["H": "8", "priority": "H=high"]),
        [
            Step(
                "acknowledged", .beyond, .acknowledge, brings: "\(raised), acknowledged, cancelled enterprise",
                leaves: .acknowledged),
            Step("raised anew", brings: "realarmed, due enterprise", leaves: .unacknowledged),
            Step(
                "acknowledged again", .acknowledge, brings: "acknowledged, cancelled enterprise",
                leaves: .acknowledged, whileDown: "realarmed, due enterprise", then: .unacknowledged),
            Step(
                "over", .acknowledge, .back, brings: "acknowledged, cancelled enterprise, returned, cleared",
                leaves: .normal),
        ])

    private static let delayRun = LifeCyclePath(
        "an on-delay by the daemon's clock", PointRow("OD-1", ["H": "8", "priority": "H=low", "on_delay_s": "4"]),
        [
            Step("beyond", .beyond, leaves: .normal.running("on-delay")),
            Step("raised", brings: raised, leaves: .unacknowledged),
            Step(
                "over, and beyond again", .acknowledge, .back, .beyond,
                brings: "acknowledged, cancelled enterprise, returned, cleared",
                leaves: .normal.running("on-delay"), whileDown: raised, then: .unacknowledged),
            Step(
                "over", .acknowledge, .back, brings: "acknowledged, cancelled enterprise, returned, cleared",
                leaves: .normal),
        ])

    private static let shelfEnded = LifeCyclePath(
        "a shelf that ends", PointRow("SE-1", ["H": "8", "priority": "H=medium"]),
        [
            Step(
                "shelved", .beyond, .shelve("4s"), brings: "\(raised), \(mediumEnds), shelved",
                leaves: .unacknowledged.shelved),
            Step("shown", brings: "unshelved, due enterprise", leaves: .unacknowledged),
            Step(
                "shelved again", .shelve("4s"), brings: "\(mediumEnds), shelved", leaves: .unacknowledged.shelved,
                whileDown: "unshelved, due enterprise", then: .unacknowledged),
            Step(
                "over", .acknowledge, .back, brings: "acknowledged, \(mediumEnds), returned, cleared",
                leaves: .normal),
        ])
}
