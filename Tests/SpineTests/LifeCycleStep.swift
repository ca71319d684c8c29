/// One step of a path: what is done, what it brings to the alarm's events, and how the alarm then stands.
struct LifeCycleStep {
    enum Action {
        /// The gateway publishes a value of the point: by its own clock now, but at least so many milliseconds after
        /// the value before.
        case value(Double, after: Int64 = 1)
        /// The gateway says whether it is online.
        case status(isOnline: Bool)
        /// An operator acts on the alarm once it stands: a command of hazardctl, and what follows the alarm's name.
        case operate(String, [String] = [])

        /// Beyond the limit of every path, which is 8.
        static let beyond = Action.value(9)
        static let back = Action.value(5)
        static let acknowledge = Action.operate("acknowledge")
        static let confirm = Action.operate("confirm", ["--comment", "inlet closed"])
        static let unshelve = Action.operate("unshelve")

        static func shelve(_ time: String) -> Action {
            .operate("shelve", ["--for", time, "--comment", "in repair"])
        }
    }

    /// What falls due while the daemon is down after a step, and comes once it is back.
    struct Arrears {
        let events: [String]
        let standing: AlarmStanding
    }

    let name: String
    let actions: [Action]
    /// In the words of `EventRecord.word`, in order.
    let events: [String]
    let standing: AlarmStanding
    let arrears: Arrears?

    /// - Parameters:
    ///   - events: the words, with a comma and a blank between two.
    ///   - late: those that fall due while the daemon is kept down after the step; nil where it is started at once.
    init(
        _ name: String, _ actions: Action..., brings events: String = "", leaves standing: AlarmStanding,
        whileDown late: String? = nil, then later: AlarmStanding = .normal
    ) {
        self.name = name
        self.actions = actions
        self.events = LifeCycleStep.words(events)
        self.standing = standing
        arrears = late.map { Arrears(events: LifeCycleStep.words($0), standing: later) }
    }

    private static func words(_ text: String) -> [String] {
        text.split(separator: ", ").map { String($0) }
    }
}
