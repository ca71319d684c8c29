import Alarms
import Pipeline
import Registry
import Settings
import Telemetry

/// One run of a rule test against an engine of its own.
package final class RuleTestRun {
    let test: RuleTest
    var names: SubjectNames
    let node: VirtualNode
    let record = RunRecord()
    /// How far each gateway's clock is ahead, milliseconds.
    var clocks: [String: Int64] = [:]
    /// The number of each gateway's next message.
    var sequences: [String: Int64] = [:]
    /// What each gateway sends again, in the order first sent.
    var lastReadings: [String: [Reading]] = [:]
    var silent: Set<String> = []
    private var nextRepeat: Int64
    private var isBrokerLost = false

    private init(_ test: RuleTest) {
        self.test = test
        let names = SubjectNames(test.rules.registry)
        self.names = names
        nextRepeat = test.repeatEvery ?? .max
        let record = record
        let ignored = test.ignored
        node = VirtualNode(test.rules, start: test.start, timeZone: test.timeZone) { effects, elapsed in
            record.take(effects, at: elapsed, ignoring: ignored, names: names)
        }
    }

    /// Runs a test.
    /// - Parameter restartAfter: the number of a step after which the daemon is ended and started, besides what the
    ///   test says.
    /// - Returns: where it fails; nil if it holds.
    package static func failure(of test: RuleTest, restartAfter: Int? = nil) -> RuleTestFailure? {
        do {
            let run = RuleTestRun(test)
            for (number, step) in test.steps.enumerated() {
                try run.perform(step)
                if number == restartAfter { run.restart(downFor: 0) }
            }
            try run.finish()
            return nil
        } catch {
            return error
        }
    }

    // MARK: Steps

    private func perform(_ step: Step) throws(RuleTestFailure) {
        if let note = step.note { record.story.add("# \(note)", at: node.elapsed) }
        switch step.time {
        case .once(let time):
            advance(to: time)
            try perform(step.actions, share: 0, isFirst: true)
        case .series(let first, let last, let length):
            for time in stride(from: first, through: last, by: Int64.Stride(length)) {
                advance(to: time)
                let share = last > first ? Double(time - first) / Double(last - first) : 0
                try perform(step.actions, share: share, isFirst: time == first)
            }
            advance(to: last)
        }
        for check in step.checks { try hold(check) }
    }

    /// What nobody asked for by the end fails the test as well.
    private func finish() throws(RuleTestFailure) {
        guard !record.pending.isEmpty else { return }
        try compare([], line: test.steps.last?.line ?? 1, what: "by the end came what no step expects")
    }

    /// Lets time pass, with what gateways send again meanwhile.
    private func advance(to target: Int64) {
        while nextRepeat <= target {
            if nextRepeat > node.elapsed {
                node.advance(to: nextRepeat)
                if !isBrokerLost { sendAgain() }
            }
            nextRepeat += test.repeatEvery ?? .max
        }
        node.advance(to: max(target, node.elapsed))
    }

    private func sendAgain() {
        for (gateway, readings) in lastReadings.sorted(by: { $0.key < $1.key }) where !silent.contains(gateway) {
            send(readings.map { Reading(point: $0.point, value: $0.value, quality: $0.quality) }, of: gateway)
        }
    }

    /// - Parameters:
    ///   - share: how much of a series has passed, 0 to 1.
    ///   - isFirst: whether this is the first time of a series: messages are counted on from there.
    private func perform(_ actions: [Action], share: Double, isFirst: Bool) throws(RuleTestFailure) {
        for action in actions {
            switch action {
            case .readings(let readings): take(readings.map { $0.resolved(share: share) })
            case .command(let request): try execute(request)
            case .gateway(let name, let change): set(name, change)
            case .broker(let isLost):
                record.story.add("broker \(isLost ? "lost" : "restored")", at: node.elapsed)
                isBrokerLost = isLost
                node.setBroker(isLost: isLost)
            case .restart(let down): restart(downFor: down)
            case .wallClock(let step):
                record.story.add("the daemon's clock is set by \(OffsetText.text(step))", at: node.elapsed)
                node.setWallClock(by: step)
            case .sourceClock(let gateway, let offset):
                for name in gateway.map({ [$0] }) ?? names.gatewayNames { clocks[name] = offset }
            case .sequence(let number):
                guard isFirst else { break }
                for name in names.gatewayNames { sequences[name] = number }
            case .reload(let rules):
                record.story.add("changed rules are in force", at: node.elapsed)
                names.add(rules.registry)
                node.reload(rules)
            }
        }
    }

    private func restart(downFor down: Int64) {
        record.story.add(
            down > 0 ? "the daemon is down for \(OffsetText.text(down))" : "the daemon is started anew",
            at: node.elapsed)
        node.restart(downFor: down)
    }

    private func set(_ gateway: String, _ change: Action.GatewayChange) {
        record.story.add("\(gateway) \(change.rawValue)", at: node.elapsed)
        if change == .online { silent.remove(gateway) } else { silent.insert(gateway) }
        if change != .silent { node.gatewayStatus(gateway, isOnline: change == .online) }
    }

    private func execute(_ request: Action.OperatorRequest) throws(RuleTestFailure) {
        let subject = request.subject.description
        record.story.add(
            "\(request.actor): \(request.action.rawValue) \(names.short(subject))", object: Story.object(of: subject),
            at: node.elapsed)
        let refusal: String?
        switch node.execute(request) {
        case .done: refusal = nil
        case .notFound(let reason), .refused(let reason): refusal = reason
        case nil: refusal = "no alarm \(names.short(subject)) stands"
        }
        guard (refusal != nil) != request.isRefused else { return }
        let what =
            refusal.map { "\(request.action.rawValue) was refused: \($0)" }
            ?? "\(request.action.rawValue) of \(names.short(subject)) was to be refused, and was done"
        throw failure(request.line, what, objects: [Story.object(of: subject)])
    }
}
