extension LifeCyclePath {
    /// Delays of two minutes that the source's clock runs while ours stands almost still. A delay that a deadline ends
    /// is in `deadlines`.
    static let delays = [onDelay, offDelay]

    private static let half: Int64 = 60_000

    private static let onDelay = LifeCyclePath(
        "on-delay pending, met, and cut short",
        PointRow("DN-1", ["H": "8", "priority": "H=medium", "on_delay_s": "120"]),
        [
            Step("beyond", .beyond, leaves: .normal.running("on-delay")),
            Step("still beyond", .value(9, after: half), leaves: .normal.running("on-delay")),
            Step("long enough", .value(9, after: half), brings: raised, leaves: .unacknowledged),
            Step("acknowledged", .acknowledge, brings: "acknowledged, \(mediumEnds)", leaves: .acknowledged),
            Step("gone", .back, brings: "returned, cleared", leaves: .normal),
            Step("beyond again", .beyond, leaves: .normal.running("on-delay")),
            Step("back in time", .back, leaves: .normal),
        ])

    private static let offDelay = LifeCyclePath(
        "off-delay pending, cut short, and met",
        PointRow("DF-1", ["H": "8", "priority": "H=medium", "off_delay_s": "120"]),
        [
            Step("raised", .beyond, brings: raised, leaves: .unacknowledged),
            Step("back", .back, leaves: .unacknowledged.running("off-delay")),
            Step("beyond again", .beyond, leaves: .unacknowledged),
            Step("back", .back, leaves: .unacknowledged.running("off-delay")),
            Step("still back", .value(5, after: half), leaves: .unacknowledged.running("off-delay")),
            Step("long enough", .value(5, after: half), brings: "returned", leaves: .returned),
            Step("acknowledged", .acknowledge, brings: "acknowledged, cleared, \(mediumEnds)", leaves: .normal),
        ])
}
