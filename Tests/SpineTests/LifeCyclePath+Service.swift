extension LifeCyclePath {
    /// Out of service under a permit while an alarm stands, and back again. `WithdrawalTests` kills the daemon in an exercise.
    static let service = [outOfService]

    private static let remove = LifeCycleStep.Action.operate(
        "remove-from-service", ["--permit", "P-77", "--for", "1h", "--comment", "calibration"])

    private static let outOfService = LifeCyclePath(
        "out of service", PointRow("OS-1", ["H": "8", "priority": "H=medium"]),
        [
            Step("raised", .beyond, brings: raised, leaves: .unacknowledged),
            Step(
                "removed", remove, brings: "\(mediumEnds), removed_from_service", leaves: .unacknowledged.outOfService),
            Step("returned", .back, brings: "returned", leaves: .returned.outOfService),
            Step("raised again", .beyond, brings: "raised", leaves: .unacknowledged.outOfService),
            Step(
                "back in service", .operate("return-to-service"), brings: "returned_to_service, due enterprise",
                leaves: .unacknowledged),
            Step("acknowledged", .acknowledge, brings: "acknowledged, \(mediumEnds)", leaves: .acknowledged),
            Step("gone", .back, brings: "returned, cleared", leaves: .normal),
        ])
}
