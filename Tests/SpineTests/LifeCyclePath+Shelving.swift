extension LifeCyclePath {
    /// Put aside by an operator: the states go on beneath, and the shelf holds for the subject whatever comes and goes.
    static let shelving = [shelvedWhileStanding, shelvedAndGone]

    private static let shelvedWhileStanding = LifeCyclePath(
        "shelved while it stands", PointRow("SH-1", ["H": "8", "priority": "H=medium"]),
        [
            Step("raised", .beyond, brings: raised, leaves: .unacknowledged),
            Step("shelved", .shelve("1h"), brings: "\(mediumEnds), shelved", leaves: .unacknowledged.shelved),
            Step("returned", .back, brings: "returned", leaves: .returned.shelved),
            Step("raised again", .beyond, brings: "raised", leaves: .unacknowledged.shelved),
            Step("unshelved", .unshelve, brings: "unshelved, due enterprise", leaves: .unacknowledged),
            Step("acknowledged", .acknowledge, brings: "acknowledged, \(mediumEnds)", leaves: .acknowledged),
            Step("gone", .back, brings: "returned, cleared", leaves: .normal),
        ])

    private static let shelvedAndGone = LifeCyclePath(
        "shelved, gone, come again, gone unseen, and come again",
        PointRow("SH-2", ["H": "8", "priority": "H=medium"]),
        [
            Step("raised", .beyond, brings: raised, leaves: .unacknowledged),
            Step("acknowledged", .acknowledge, brings: "acknowledged, \(mediumEnds)", leaves: .acknowledged),
            Step("shelved", .shelve("1h"), brings: "shelved", leaves: .acknowledged.shelved),
            Step("gone", .back, brings: "returned, cleared", leaves: .normal.onEmptyShelf),
            Step("come again", .beyond, brings: "raised", leaves: .unacknowledged.shelved),
            Step("gone unseen", .back, brings: "returned, cleared", leaves: .normal.onEmptyShelf),
            Step("come again", .beyond, brings: "raised", leaves: .unacknowledged.shelved),
            Step("unshelved", .unshelve, brings: "unshelved, due enterprise", leaves: .unacknowledged),
            Step("acknowledged", .acknowledge, brings: "acknowledged, \(mediumEnds)", leaves: .acknowledged),
            Step("gone", .back, brings: "returned, cleared", leaves: .normal),
        ])
}
