import Broker
import TestKit

/// Values that go beyond a limit and come back at random, and operators' commands on whatever stands, over MQTT. Each
/// can be told apart afterwards: a value by its time, a command by its id, which is its comment too.
final class LifeCycleTraffic {
    struct Command {
        let id: String
        let action: String
    }

    static let points = [
        PointRow("RN-1", ["H": "8", "priority": "H=medium"]),
        PointRow("RN-2", ["H": "8", "priority": "H=medium", "latching": "true"]),
        PointRow("RN-3", ["H": "8", "priority": "H=critical", "latching": "true"]),
        PointRow("RN-4", ["H": "8", "priority": "H=low"]),
    ]
    /// The event that tells of each action.
    static let kinds = [
        "acknowledge": "acknowledged", "confirm": "confirmed", "reset": "reset", "shelve": "shelved",
        "unshelve": "unshelved",
    ]
    private static let topic = "hazard/v1/commands/wang"

    private let deployment: Deployment
    private let gateway: PublishingClient
    private let desk: PublishingClient
    /// Has heard all events from the start.
    let listener: SubscribingClient
    private(set) var commands: [Command] = []
    private(set) var published = 0
    /// When a point went beyond its limit, and when it came back, in turn.
    private(set) var crossings: [String: [Int64]] = [:]
    private var lastTime: Int64 = 0
    /// The newest episode of each alarm, as a consumer knows it.
    private var episodes: [String: String] = [:]
    private var heard = 0

    init(_ deployment: Deployment) throws {
        self.deployment = deployment
        listener = try deployment.subscriber("hazard/v1/events/#", "hazard/v1/replies/wang")
        gateway = try deployment.publisher()
        desk = try deployment.publisher("desk")
    }

    /// Waits until commands are heard: those sent before the daemon first subscribed go to nobody.
    func untilHeard() async throws {
        var probes = 0
        try await deployment.until("a command is answered", every: .milliseconds(50)) {
            probes += 1
            try send("acknowledge", "probe-\(probes)", "01JD0000000000000000000000")
            try listener.pump(milliseconds: 50)
            return listener.received.contains { $0.topic == "hazard/v1/replies/wang" }
        }
    }

    /// Lets it flow.
    func flow(for duration: Duration) async throws {
        try await during(duration, every: .milliseconds(4)) {
            try listen()
            if Int.random(in: 0..<3) > 0 { try publishValue() } else { try giveCommand() }
        }
    }

    /// Sees to it that the broker has everything.
    func settle() throws {
        try gateway.settle()
        try desk.settle()
    }

    /// Stays a live client while there is nothing to say.
    func listen() throws {
        try listener.pump(milliseconds: 1)
        try gateway.pump()
        try desk.pump()
        for message in listener.received[heard...] where message.topic == "hazard/v1/events/\(Site.name)" {
            let text = message.text
            guard let subject = text.firstMatch(of: /"subject":"([^"]+)"/)?.1,
                let episode = text.firstMatch(of: /"episode":"([^"]+)"/)?.1
            else { continue }
            episodes[String(subject)] = String(episode)
        }
        heard = listener.received.count
    }

    private func publishValue() throws {
        guard let point = LifeCycleTraffic.points.randomElement()?.point else { return }
        let isBeyond = Bool.random()
        lastTime = max(lastTime + 1, Spine.now)
        // An even number of crossings so far: the value is back.
        if isBeyond != !(crossings[point] ?? []).count.isMultiple(of: 2) {
            crossings[point, default: []].append(lastTime)
        }
        published += 1
        try gateway.scan(at: lastTime, [point: isBeyond ? 9 : 5])
    }

    private func giveCommand() throws {
        guard let episode = episodes.values.randomElement(),
            let action = LifeCycleTraffic.kinds.keys.randomElement()
        else { return }
        let command = Command(id: "random-\(commands.count)", action: action)
        commands.append(command)
        try send(action, command.id, episode)
    }

    private func send(_ action: String, _ id: String, _ episode: String) throws {
        let time = action == "shelve" ? ",\"for_s\":\(Int.random(in: 1...3))" : ""
        try desk.publish(
            LifeCycleTraffic.topic,
            "{\"id\":\"\(id)\",\"command\":\"\(action)\",\"episode\":\"\(episode)\",\"comment\":\"\(id)\"\(time)}")
        try desk.pump()
    }
}
