import Broker
import TestKit
import Testing

/// Leads alarms along their paths side by side, with one daemon, one broker and one consumer. After every step the
/// daemon is killed with SIGKILL and started again, and everything must be as it was.
final class LifeCycleRun {
    private let deployment: Deployment
    private let paths: [LifeCyclePath]
    private let gateway: PublishingClient
    private let listener: SubscribingClient
    /// How long the daemon is kept down where something falls due meanwhile, milliseconds.
    private let outage: Int64

    /// The event log so far.
    private(set) var log: [EventRecord] = []
    /// What stood before the kill after each step.
    private(set) var states: [StandingState] = []
    /// What the log and the state must show, by subject.
    private var events: [String: [String]] = [:]
    private var standings: [String: AlarmStanding] = [:]
    /// The step each path is at, by subject, for a failure's report.
    private var places: [String: String] = [:]
    private var published = 0
    private var lastTimes: [String: Int64] = [:]

    init(_ paths: [LifeCyclePath], policies: String? = nil, outage: Int64 = 0) throws {
        self.paths = paths
        self.outage = outage
        let rows = paths.filter(\.isOfPoint).map(\.row)
        var site = Site(rows, policies: policies)
        // What they do not hear must not make gateways OFFLINE.
        let gateways = Set(rows.map(\.gateway)).sorted().map { "{gateway: \($0), silence_s: 0}" }
        site.siteLines = ["gateways: [\(gateways.joined(separator: ", "))]"]
        let deployment = try Deployment(site)
        self.deployment = deployment
        listener = try deployment.subscriber("hazard/v1/events/#")
        gateway = try deployment.publisher()
    }

    func run() async throws {
        try await deployment.start()
        for number in 0..<(paths.map(\.steps.count).max() ?? 0) { try await lead(number) }
        try await finish()
    }

    /// Takes the step of this number on every path that has so many, and kills the daemon after it.
    private func lead(_ number: Int) async throws {
        var isAwaited = false
        for path in paths where path.steps.indices.contains(number) {
            let step = path.steps[number]
            places[path.subject] = step.name
            for action in step.actions { try await perform(action, path) }
            events[path.subject, default: []] += step.events
            standings[path.subject] = step.standing
            isAwaited = isAwaited || step.arrears != nil
        }
        try await reach("step \(number + 1)")
        states.append(try deployment.standingState())
        deployment.kill()
        if isAwaited {
            try await awaitDeadlines()
            try await deployment.start()
            for path in paths where path.steps.indices.contains(number) {
                guard let arrears = path.steps[number].arrears else { continue }
                events[path.subject, default: []] += arrears.events
                standings[path.subject] = arrears.standing
            }
            try await reach("what fell due after step \(number + 1)")
            states[number] = try deployment.standingState()
            deployment.kill()
        }
        try await deployment.start()
        let state = try deployment.standingState()
        #expect(
            state == states[number],
            "step \(number + 1), after the kill\n\(states[number].differences(to: state))")
        let unmet = try unmet()
        #expect(unmet.isEmpty, "step \(number + 1), after the kill\n\(unmet.joined(separator: "\n"))")
    }

    private func perform(_ action: LifeCycleStep.Action, _ path: LifeCyclePath) async throws {
        let name = path.row.gateway
        switch action {
        case .value(let value, let wait):
            let time = max(Spine.now, (lastTimes[path.row.point] ?? 0) + wait)
            lastTimes[path.row.point] = time
            published += 1
            try gateway.scan(name, at: time, [path.row.point: value])
        case .status(let isOnline):
            try gateway.publish(
                "hazard/v1/gateways/\(name)/status", "{\"online\":\(isOnline),\"ts\":\(Spine.now)}", retain: true)
            try gateway.pump()
        case .operate(let command, let arguments):
            try await operate(command, arguments, path)
        }
    }

    private func operate(_ command: String, _ arguments: [String], _ path: LifeCyclePath) async throws {
        try await deployment.until("\(path.subject) stands", every: .milliseconds(20)) {
            try deployment.standingState().standing(path.subject).state != "normal"
        }
        let line = [command, path.subject] + arguments + ["--config", deployment.settingsFile]
        var output: CommandOutput?
        // A daemon that is just starting holds the state already and does not answer yet.
        try await deployment.until("somebody takes \(line)") {
            output = try deployment.run("hazardctl", line)
            return output?.code != 69
        }
        let done = try #require(output)
        #expect(done.code == 0, "\(path.name): \(done)")
    }

    /// Waits until every path has got where its steps so far lead.
    private func reach(_ what: String) async throws {
        var unmet: [String] = []
        do {
            try await deployment.until("\(what) is reached", within: .seconds(20), every: .milliseconds(20)) {
                try gateway.pump()
                try listener.pump(milliseconds: 5)
                unmet = try self.unmet()
                return unmet.isEmpty
            }
        } catch {
            throw TestKitError("\(unmet.joined(separator: "\n"))\n\(error)")
        }
    }

    /// What differs from what must be, in words.
    private func unmet() throws -> [String] {
        log += try deployment.events(after: log.last?.number ?? 0)
        let state = try deployment.standingState()
        var unmet: [String] = []
        for path in paths {
            let place = "\(path.name), \(places[path.subject] ?? "before its start")"
            let words = log.filter { $0.subject == path.subject }.map(\.word)
            let wanted = events[path.subject] ?? []
            if words != wanted { unmet.append("\(place): wanted \(wanted), the log has \(words)") }
            let standing = try state.standing(path.subject)
            let due = standings[path.subject] ?? .normal
            if standing != due { unmet.append("\(place): wanted \(due), it is \(standing)") }
        }
        let stored = try deployment.rows("SELECT stored FROM accounting").first ?? ""
        if stored != "\(published)" { unmet.append("\(stored) of \(published) values are stored") }
        return unmet
    }

    /// Lets the time of everything pass that is to fall due while the daemon is down.
    private func awaitDeadlines() async throws {
        let soon = Spine.now + 60_000
        let last = states.last?.entries.compactMap(\.time).filter { $0 < soon }.max() ?? 0
        let end = max(last, Spine.now + outage) + 100
        try await during(.milliseconds(end - Spine.now)) {
            try gateway.pump()
            try listener.pump(milliseconds: 5)
        }
    }

    /// Holds everything that was recorded and published against the whole of the paths.
    private func finish() async throws {
        let whole = try deployment.events()
        EventOrder.check(whole)
        let subjects = Set(paths.map(\.subject))
        let others = whole.filter { $0.topicSite == Site.name && !subjects.contains($0.subject) }
        #expect(others.isEmpty, "\(others.map(\.subject)) are on no path")
        for path in paths {
            var replay = AlarmReplay(isLatching: path.isLatching)
            for event in whole where event.subject == path.subject && event.isAlarm { replay.take(event) }
            #expect(replay.complaints.isEmpty, "\(path.name): \(replay.complaints)")
        }
        try await EventOrder.checkDelivery(of: whole, to: listener, from: deployment)
        try await deployment.checkRetained()
        let verified = try deployment.hazardctl("verify")
        #expect(verified.code == 0, "\(verified)")
    }
}
