/// How an alarm stands, in the words of the contract.
struct AlarmStanding: Equatable, CustomStringConvertible {
    var state = "normal"
    var suppression = "none"
    /// `on-delay` or `off-delay` while one runs.
    var delay: String?
    /// Whether an operator's shelf holds for the subject, whether anything stands on it or not.
    var isOnShelf = false
    /// Whether the subject is out of service, whether anything stands or not.
    var isRemoved = false

    static let normal = AlarmStanding()
    static let unacknowledged = AlarmStanding(state: "unacknowledged")
    static let acknowledged = AlarmStanding(state: "acknowledged")
    static let returned = AlarmStanding(state: "returned_unacknowledged")
    static let latched = AlarmStanding(state: "latched_unacknowledged")
    static let latchedAcknowledged = AlarmStanding(state: "latched_acknowledged")

    /// The same, put aside by an operator.
    var shelved: AlarmStanding {
        AlarmStanding(state: state, suppression: "shelved", delay: delay, isOnShelf: true)
    }

    /// The same, with a shelf that nothing stands on.
    var onEmptyShelf: AlarmStanding {
        AlarmStanding(state: state, suppression: suppression, delay: delay, isOnShelf: true)
    }

    /// The same, out of service.
    var outOfService: AlarmStanding {
        AlarmStanding(
            state: state, suppression: state == "normal" ? "none" : "out_of_service", delay: delay, isRemoved: true)
    }

    /// The same, explained by another alarm.
    var suppressed: AlarmStanding {
        AlarmStanding(state: state, suppression: "suppressed_by_design", delay: delay, isOnShelf: isOnShelf)
    }

    /// The same while a delay runs.
    func running(_ delay: String) -> AlarmStanding {
        AlarmStanding(state: state, suppression: suppression, delay: delay, isOnShelf: isOnShelf)
    }

    var description: String {
        "\(state), suppression \(suppression), \(delay ?? "no delay")\(isOnShelf ? ", on a shelf" : "")\(isRemoved ? ", out of service" : "")"
    }
}
