extension LifeCyclePath {
    /// OFFLINE explains STALE: one gateway goes offline with a point stale already, another before its point is.
    static let suppression = [staleFirst, offlineLater, staleLater, offlineFirst]

    private static let known = PointRow("ST-1", gateway: "gw2", ["stale_after_s": "3", "priority": "STALE=medium"])
    private static let unknown = PointRow("ST-2", gateway: "gw3", ["stale_after_s": "3", "priority": "STALE=medium"])

    private static let staleFirst = LifeCyclePath(
        "stale, then explained, then shown again", known, alarm: "ST-1/STALE",
        [
            Step("heard", .back, leaves: .normal),
            Step("stale", brings: raised, leaves: .unacknowledged),
            Step("explained", brings: "\(mediumEnds), suppressed", leaves: .unacknowledged.suppressed),
            Step("the gateway is back, its time runs", leaves: .unacknowledged.suppressed),
            Step("silent on", brings: "unsuppressed, due enterprise", leaves: .unacknowledged),
            Step("acknowledged", .acknowledge, brings: "acknowledged, \(mediumEnds)", leaves: .acknowledged),
            Step("heard", .back, brings: "returned, cleared", leaves: .normal),
        ])

    private static let offlineLater = LifeCyclePath(
        "the gateway of a stale point", known, alarm: "gw2/OFFLINE",
        [
            Step("online", leaves: .normal),
            Step("online", leaves: .normal),
            Step("offline", .status(isOnline: false), brings: "gateway offline, \(raised)", leaves: .unacknowledged),
            Step("back", .status(isOnline: true), brings: "gateway online, returned", leaves: .returned),
            Step("back", leaves: .returned),
            Step("acknowledged", .acknowledge, brings: "acknowledged, cleared, \(highEnds)", leaves: .normal),
            Step("over", leaves: .normal),
        ])

    private static let staleLater = LifeCyclePath(
        "stale behind a gateway that is offline, heard, then stale by itself", unknown, alarm: "ST-2/STALE",
        [
            Step("heard", .back, leaves: .normal),
            Step("stale, explained", brings: "raised", leaves: .unacknowledged.suppressed),
            Step("explained", leaves: .unacknowledged.suppressed),
            Step("heard: nobody was told", .back, brings: "returned, cleared", leaves: .normal),
            Step("stale by itself", brings: raised, leaves: .unacknowledged),
            Step("acknowledged", .acknowledge, brings: "acknowledged, \(mediumEnds)", leaves: .acknowledged),
            Step("heard", .back, brings: "returned, cleared", leaves: .normal),
        ])

    private static let offlineFirst = LifeCyclePath(
        "the gateway that is offline", unknown, alarm: "gw3/OFFLINE",
        [
            Step("offline", .status(isOnline: false), brings: "gateway offline, \(raised)", leaves: .unacknowledged),
            Step("offline", leaves: .unacknowledged),
            Step("offline", leaves: .unacknowledged),
            Step(
                "back with a value", .status(isOnline: true), brings: "gateway online, returned", leaves: .returned),
            Step("back", leaves: .returned),
            Step("acknowledged", .acknowledge, brings: "acknowledged, cleared, \(highEnds)", leaves: .normal),
            Step("over", leaves: .normal),
        ])
}
