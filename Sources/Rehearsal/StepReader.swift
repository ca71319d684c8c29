import Pipeline
import Registry
import Settings
import Telemetry

/// Reads the steps of a rule test one after the other: a reload changes what those after it may name.
struct StepReader {
    private(set) var source: RuleSource
    let rulesReader: RulesReader
    var names: SubjectNames
    /// `SITE/POINT` of every point that the test speaks of.
    var pointsNamed: Set<String> = []
    /// When the step before was over.
    private var last: Int64 = 0

    init(source: RuleSource, rulesReader: RulesReader) {
        self.source = source
        self.rulesReader = rulesReader
        names = SubjectNames(source.registry)
    }

    mutating func read(_ items: [Field]) -> [Step] {
        var steps: [Step] = []
        for item in items {
            guard let entries = item.entries() else { continue }
            let keys = Dictionary(entries.map { ($0.key, $0.field) }, uniquingKeysWith: { first, _ in first })
            // What is wrong with its time is no reason to keep quiet about the rest of it.
            var step = Step(line: item.line, time: time(keys, of: item) ?? .once(last))
            read(entries, into: &step)
            if last > OffsetText.longest { item.fault("ends after more than a year", valid: "times within a year") }
            steps.append(step)
            last = step.end + downTime(step)
        }
        return steps
    }

    private func downTime(_ step: Step) -> Int64 {
        step.actions.reduce(0) { total, action in if case .restart(let down) = action { total + down } else { total } }
    }

    // MARK: Time

    private func time(_ keys: [String: Field], of step: Field) -> Step.Time? {
        func offset(_ key: Step.Key) -> Int64? { keys[key.rawValue]?.offset() }
        let isSeries = [Step.Key.from, .to, .every].contains { keys[$0.rawValue] != nil }
        let written = [Step.Key.at, .after].filter { keys[$0.rawValue] != nil }
        guard written.count + (isSeries ? 1 : 0) <= 1 else {
            step.fault(
                "says more than once when it is", valid: "one of `at`, `after`, and `from` with `to` and `every`")
            return nil
        }
        if isSeries { return series(keys, of: step) }
        guard let key = written.first else { return .once(last) }
        guard let length = offset(key) else { return nil }
        guard key == .at else { return .once(last + length) }
        guard length >= last else {
            step.fault(
                "is at \(OffsetText.text(length)), before the step above it ends",
                valid: "\(OffsetText.text(last)) or later")
            return nil
        }
        return .once(length)
    }

    private func series(_ keys: [String: Field], of step: Field) -> Step.Time? {
        let valid = "such as `from: 0s`, `to: 1m`, `every: 2s`"
        guard let to = keys[Step.Key.to.rawValue], let every = keys[Step.Key.every.rawValue] else {
            step.fault("is a series without `to` or `every`", valid: valid)
            return nil
        }
        let first = keys[Step.Key.from.rawValue].map { $0.offset() } ?? last
        guard let first, let end = to.offset(), let length = every.offset() else { return nil }
        guard length > 0, end >= first, first >= last, (end - first) / length < 1_000_000 else {
            let series = [first, end, length].map { OffsetText.text($0) }
            step.fault(
                "is a series from \(series[0]) to \(series[1]) every \(series[2])",
                valid: "one that begins at \(OffsetText.text(last)) or later, does not end before it begins, and has "
                    + "fewer than 1,000,000 steps of more than 0s")
            return nil
        }
        return .series(from: first, to: end, every: length)
    }

    // MARK: Content

    private mutating func read(_ entries: [(key: String, field: Field)], into step: inout Step) {
        var readings: [Reading] = []
        var place: Int?
        for (key, field) in entries {
            if let word = Step.Key(rawValue: key) {
                read(word, field, into: &step)
            } else if let action = OperatorCommand.Action(rawValue: key) {
                step.actions += requests(action, field)
            } else if let reading = reading(key, field) {
                if place == nil {
                    place = step.actions.count
                    step.actions.append(.readings([]))
                }
                readings.append(reading)
            }
        }
        if let place { step.actions[place] = .readings(readings) }
    }

    private mutating func read(_ key: Step.Key, _ field: Field, into step: inout Step) {
        switch key {
        case .at, .after, .from, .to, .every: break
        case .clock: step.actions += clocks(field)
        case .sequence: step.actions += field.integer(in: 0...Int(Int32.max)).map { [.sequence(Int64($0))] } ?? []
        case .gateway: step.actions += gatewayChanges(field)
        case .broker: step.actions += broker(field)
        case .restart: step.actions += restart(field)
        case .wallClock: step.actions += field.signedOffset().map { [.wallClock($0)] } ?? []
        case .reload: step.actions += reload(field)
        case .expect: step.checks.append(.events(expected(field), line: field.line))
        case .standing: step.checks.append(.standing(standing(field), line: field.line))
        case .counts: step.checks += counts(field)
        case .note: step.note = field.lines()
        }
    }

    /// The rules from here on.
    mutating func adopt(_ fresh: RuleSource) {
        source = fresh
        names.add(fresh.registry)
    }
}
