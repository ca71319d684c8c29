import Alarms
import Pipeline
import Registry
import Settings
import Telemetry

/// What operators do, and what must have come of it all.
extension StepReader {
    private enum RequestKey: String, SectionKey {
        case alarm, by, comment, permit, refused
        case duration = "for"
    }

    mutating func requests(_ action: OperatorCommand.Action, _ field: Field) -> [Action] {
        switch field.value {
        case .list: return (field.items() ?? []).flatMap { requests(action, $0) }
        case .mapping:
            guard let section = field.section(of: RequestKey.self),
                let alarm = section.required(.alarm, valid: "an alarm such as LT-101/HH"), let subject = subject(alarm)
            else { return [] }
            return [
                .command(
                    Action.OperatorRequest(
                        line: field.line, action: action, subject: subject, actor: section[.by]?.text() ?? "operator",
                        comment: section[.comment]?.text(),
                        duration: section[.duration].flatMap { duration($0, of: action) },
                        permit: section[.permit]?.text(),
                        isRefused: section[.refused]?.flag() ?? false))
            ]
        case .scalar, .empty:
            return subject(field).map {
                [
                    .command(
                        Action.OperatorRequest(
                            line: field.line, action: action, subject: $0, actor: "operator", comment: nil,
                            duration: nil, permit: nil, isRefused: false))
                ]
            } ?? []
        }
    }

    /// For how long, where an action takes that.
    private func duration(_ field: Field, of action: OperatorCommand.Action) -> Int64? {
        guard let length = field.offset() else { return nil }
        let duration = OperatorCommand.duration(seconds: Double(length) / 1_000, of: action)
        if duration == nil {
            field.fault(
                "stands beside \(action.rawValue)", valid: "a length of time above 0s, beside what takes one")
        }
        return duration
    }

    mutating func subject(_ field: Field) -> AlarmSubject? {
        guard let text = field.text(valid: "an alarm such as LT-101/HH") else { return nil }
        return subject(text, field)
    }

    mutating func subject(_ text: String, _ field: Field) -> AlarmSubject? {
        do {
            let subject = try names.subject(text)
            if names.points[subject.object] != nil { pointsNamed.insert("\(subject.site)/\(subject.object)") }
            return subject
        } catch {
            field.fault("says \(error.what)", valid: error.valid)
            return nil
        }
    }

    // MARK: Events

    mutating func expected(_ field: Field) -> [ExpectedEvent] {
        var items = [field]
        if case .list = field.value { items = field.items() ?? [] }
        if case .scalar("nothing", _) = field.value { return [] }
        if case .list(let list, _) = field.value, list.isEmpty { return [] }
        return items.flatMap { item -> [ExpectedEvent] in
            guard let text = item.text(valid: "an event such as `LT-101/HH raised critical`, or nothing") else {
                return []
            }
            return event(text, item)
        }
    }

    private mutating func event(_ text: String, _ field: Field) -> [ExpectedEvent] {
        var words: ExpectationWords
        do {
            words = try ExpectationWords(text)
        } catch {
            field.fault("says \(error.what)", valid: error.valid)
            return []
        }
        if let name = words.gateway {
            guard let site = names.site(ofGateway: name) else {
                field.fault("says \"\(name)\", which is no gateway", valid: names.gatewayNames.joined(separator: ", "))
                return []
            }
            words.subject = "\(site)/\(name)/\(words.gatewayCondition.name)"
        } else {
            guard let subject = subject(words.subject, field) else { return [] }
            words.subject = subject.description
            guard checkTiers(words, subject, field) else { return [] }
        }
        return words.events(line: field.line)
    }

    private func checkTiers(_ words: ExpectationWords, _ subject: AlarmSubject, _ field: Field) -> Bool {
        guard !words.tiers.isEmpty else { return true }
        let policy = source.registry.sites.first { $0.name == subject.site }?.policy ?? "default"
        let known = source.escalation.policies[policy]?.tiers ?? []
        for tier in words.tiers where !known.contains(tier) {
            let valid =
                known.isEmpty
                ? "a test with `policies`; this one has none that tells anybody" : known.joined(separator: ", ")
            field.fault("says \"\(tier)\", which is no tier of policy \(policy)", valid: valid)
            return false
        }
        return true
    }

    // MARK: Alarms and counts

    mutating func standing(_ field: Field) -> [ExpectedAlarm] {
        if case .scalar("nothing", _) = field.value { return [] }
        guard let entries = field.entries() else { return [] }
        return entries.compactMap { name, value in
            guard let subject = subject(name, value) else { return nil }
            return alarm(subject, value)
        }
    }

    private func alarm(_ subject: AlarmSubject, _ field: Field) -> ExpectedAlarm? {
        let states = AlarmState.allCases.filter { $0 != .normal }.map(\.name)
        let valid =
            "one of \(states.joined(separator: ", ")); beside it a priority or "
            + Suppression.allCases.map(\.name).joined(separator: ", ")
        guard let text = field.text(valid: valid) else { return nil }
        var state: AlarmState?
        var suppression: Suppression?
        var priority: Priority?
        for word in text.split(whereSeparator: { $0 == " " || $0 == "," }).map({ String($0) }) {
            if let found = AlarmState.allCases.first(where: { $0.name == word }) {
                state = found
            } else if let found = Suppression.allCases.first(where: { $0.name == word }) {
                suppression = found
            } else if let found = Priority(name: word) {
                priority = found
            } else {
                field.fault("says \"\(word)\"", valid: valid)
                return nil
            }
        }
        guard let state else {
            field.fault("names no state", valid: valid)
            return nil
        }
        return ExpectedAlarm(
            line: field.line, subject: subject, state: state, suppression: suppression, priority: priority)
    }

    func counts(_ field: Field) -> [Check] {
        (field.entries() ?? []).compactMap { name, value in
            guard let outcome = ValueOutcome(rawValue: name) else {
                value.fault("is no count", valid: ValueOutcome.allCases.map(\.rawValue).joined(separator: ", "))
                return nil
            }
            return value.integer(in: 0...Int.max).map { .count(outcome, Int64($0), line: value.line) }
        }
    }
}
