import Alarms
import Pipeline
import Registry
import Settings
import Telemetry

/// What comes in: values, gateways, the broker, restarts and changed rules.
extension StepReader {
    private static let valueForm =
        "a number, true, false, bad, \"9.6 uncertain\", \"8 to 9.6\" in a series, or {v: 9.6, q: 64, at: 5s}"

    private enum ValueKey: String, SectionKey {
        case value = "v"
        case quality = "q"
        case at, text
    }

    private enum ReloadKey: String, SectionKey {
        case points, policies, registry
    }

    mutating func reading(_ key: String, _ field: Field) -> Reading? {
        guard let point = point(key, field) else { return nil }
        switch field.value {
        case .empty: return Reading(point: point, value: .none)
        case .scalar(let text, _): return reading(point, text, field)
        case .mapping: return mapped(point, field)
        case .list:
            field.fault("is a list", valid: StepReader.valueForm)
            return nil
        }
    }

    /// A key of a step that is none of its own words must be a point.
    private mutating func point(_ key: String, _ field: Field) -> String? {
        switch names.point(key) {
        case .site(let site):
            let name = key.split(separator: "/").last.map { String($0) } ?? key
            pointsNamed.insert("\(site)/\(name)")
            return "\(site)/\(name)"
        case .ambiguous(let sites):
            field.fault("is a point of several sites", valid: sites.map { "\($0)/\(key)" }.joined(separator: ", "))
        case .unknown:
            field.fault(
                "is neither a point nor a word of a step",
                valid: "a point (\(names.knownPoints)) or one of \(RuleTestWords.steps.joined(separator: ", "))")
        }
        return nil
    }

    private func reading(_ point: String, _ text: String, _ field: Field) -> Reading? {
        var words = text.split(separator: " ").map { String($0) }
        var quality: UInt8?
        if words.count > 1, let last = words.last, ["uncertain", "bad", "good"].contains(last) {
            quality = last == "good" ? 192 : last == "bad" ? 0 : 64
            words.removeLast()
        }
        let value: Reading.Value?
        switch words {
        case ["bad"], ["none"]: value = Reading.Value.none
        case ["true"], ["on"], ["yes"]: value = .flag(true)
        case ["false"], ["off"], ["no"]: value = .flag(false)
        case let parts where parts.count == 3 && parts[1] == "to":
            let ends = (DecimalText.value(parts[0]), DecimalText.value(parts[2]))
            value = ends.0.flatMap { first in ends.1.map { .ramp(from: first, to: $0) } }
        case let parts where parts.count == 1: value = DecimalText.value(parts[0]).map { .number($0) }
        default: value = nil
        }
        guard let value else {
            field.fault("is \"\(text)\"", valid: StepReader.valueForm)
            return nil
        }
        return Reading(point: point, value: value, quality: quality)
    }

    private func mapped(_ point: String, _ field: Field) -> Reading? {
        guard let section = field.section(of: ValueKey.self) else { return nil }
        let time = section[.at]?.offset()
        if let text = section[.text]?.lines() { return Reading(point: point, value: .text(text), time: time) }
        let quality = section[.quality]?.integer(in: 0...255).map { UInt8($0) }
        guard let value = section[.value] else {
            return Reading(point: point, value: .none, quality: quality, time: time)
        }
        guard case .scalar(let text, _) = value.value, var reading = reading(point, text, value) else { return nil }
        reading.quality = quality ?? reading.quality
        reading.time = time
        return reading
    }

    // MARK: Surroundings

    func clocks(_ field: Field) -> [Action] {
        guard case .mapping = field.value else {
            return field.signedOffset().map { [.sourceClock(gateway: nil, offset: $0)] } ?? []
        }
        return (field.entries() ?? []).compactMap { name, value in
            guard isGateway(name, value), let offset = value.signedOffset() else { return nil }
            return .sourceClock(gateway: name, offset: offset)
        }
    }

    func gatewayChanges(_ field: Field) -> [Action] {
        if case .mapping = field.value {
            return (field.entries() ?? []).compactMap { name, value in
                guard isGateway(name, value) else { return nil }
                return value.choice(Action.GatewayChange.self).map { .gateway(name: name, $0) }
            }
        }
        guard let change = field.choice(Action.GatewayChange.self) else { return [] }
        guard names.gatewayNames.count == 1 else {
            field.fault("does not say of which gateway", valid: "such as {gw1: \(change.rawValue)}")
            return []
        }
        return [.gateway(name: names.gatewayNames[0], change)]
    }

    private func isGateway(_ name: String, _ field: Field) -> Bool {
        if names.site(ofGateway: name) != nil { return true }
        field.fault("is no gateway of the rules", valid: names.gatewayNames.joined(separator: ", "))
        return false
    }

    func broker(_ field: Field) -> [Action] {
        switch field.text(valid: "lost or restored") {
        case "lost": return [.broker(isLost: true)]
        case "restored": return [.broker(isLost: false)]
        case let other?: field.fault("is \"\(other)\"", valid: "lost or restored")
        case nil: break
        }
        return []
    }

    func restart(_ field: Field) -> [Action] {
        if case .scalar("true", _) = field.value { return [.restart(0)] }
        return field.offset().map { [.restart($0)] } ?? []
    }

    // MARK: Changed rules

    mutating func reload(_ field: Field) -> [Action] {
        guard let section = field.section(of: ReloadKey.self) else { return [] }
        var escalation = source.escalation
        if let field = section[.policies] { escalation.policies = rulesReader.policies(field) }
        let policies = Set(escalation.policies.keys)
        let before = field.log.count
        var inline = source.inline
        var registry = source.registry
        if let folder = section[.registry] {
            guard let path = folder.existingFolder() else { return [] }
            registry = rulesReader.registry(in: path, policies: policies)
            inline = nil
        } else if var changed = inline {
            for (name, change) in section[.points]?.entries() ?? [] { apply(change, to: name, in: &changed.rows) }
            registry = rulesReader.registry(site: changed.site, rows: changed.rows, policies: policies)
            inline = changed
        } else if let points = section[.points] {
            points.fault(
                "changes points that the test does not hold itself", valid: "`registry` with a folder of site files")
        }
        guard field.log.count == before else { return [] }
        escalation.grades = rulesReader.grades(of: registry)
        adopt(RuleSource(registry: registry, escalation: escalation, clock: source.clock, inline: inline))
        return [.reload(source.rules(onlyOf: pointsNamed))]
    }

    /// `{H: 8.5}` changes cells, nothing removes the point, a new name adds one.
    private func apply(_ change: Field, to name: String, in rows: inout [InlinePointRow]) {
        let place = rows.firstIndex { $0.name == name }
        if case .empty = change.value {
            guard let place else {
                change.fault("is removed, but there is no such point", valid: rows.map(\.name).joined(separator: ", "))
                return
            }
            rows.remove(at: place)
        } else if let place {
            for (column, cell) in change.entries() ?? [] { rows[place].set(column, to: cell) }
        } else if case .mapping(let entries, let line) = change.value {
            let named = YAMLValue.Entry(key: "point", line: line, value: .scalar(name, line: line))
            let whole = Field(
                path: change.path, value: .mapping([named] + entries, line: line), file: change.file, log: change.log)
            if let row = InlinePointRow(whole) { rows.append(row) }
        }
    }
}
