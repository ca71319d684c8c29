import Alarms
import Decoding
import Foundation
package import Registry
package import Settings
import Telemetry

/// Reads a rule test, with every fault in it.
package struct RuleTestReader {
    /// Where the rules under test come from when the file names none: the configuration in force.
    package typealias InForce = () throws(ConfigurationRejected) -> Configuration

    let file: SourceFile
    let log: FaultLog
    let rulesReader: RulesReader

    private enum ClockKey: String, SectionKey {
        case futureLimit = "future_limit_s"
        case lagLimit = "lag_limit_s"
    }

    private init(file: SourceFile, log: FaultLog) {
        self.file = file
        self.log = log
        rulesReader = RulesReader(file: file, log: log)
    }

    /// - Returns: nil if there is a fault in the file; it is then in the log.
    package static func read(
        _ file: SourceFile, log: FaultLog, inForce: InForce
    ) throws(ConfigurationRejected) -> RuleTest? {
        let before = log.count
        guard let bytes = file.bytes(for: nil, log: log), let root = Field(document: bytes, file: file, log: log),
            let section = root.section(of: RuleTest.Key.self)
        else { return nil }
        let test = try RuleTestReader(file: file, log: log).read(section, inForce: inForce)
        return log.count == before ? test : nil
    }

    private func read(
        _ section: Section<RuleTest.Key>, inForce: InForce
    ) throws(ConfigurationRejected) -> RuleTest? {
        let name = section.required(.name, valid: "a short text that says what is tested")?.text()
        let timeZone = section[.timezone]?.timeZone() ?? "Asia/Shanghai"
        let start = section[.start].flatMap { self.start($0, timeZone) } ?? RuleTest.standardStart
        let before = log.count
        guard let source = try source(section, inForce: inForce), log.count == before else { return nil }
        guard let field = section.required(.steps, valid: "a list of steps"), let items = field.items() else {
            return nil
        }
        var steps = StepReader(source: source, rulesReader: rulesReader)
        let read = steps.read(items)
        let ignored = section[.ignore].map { self.ignored($0) } ?? IgnoredEvents()
        return RuleTest(
            file: file, name: name ?? "", about: section[.about]?.lines(),
            rules: source.rules(onlyOf: steps.pointsNamed), start: start, timeZone: timeZone,
            repeatEvery: section[.repeatEvery].flatMap { repeatEvery($0) }, ignored: ignored,
            restartChanges: section[.restartChanges]?.text(), steps: read)
    }

    // MARK: Rules

    private func source(
        _ section: Section<RuleTest.Key>, inForce: InForce
    ) throws(ConfigurationRejected) -> RuleSource? {
        if section[.points] != nil || section[.site] != nil { return inline(section) }
        let clock = clock(section)
        if let folder = section[.registry]?.existingFolder() {
            var escalation = escalation(section, besides: folder)
            let registry = rulesReader.registry(in: folder, policies: Set(escalation.policies.keys))
            escalation.grades = rulesReader.grades(of: registry)
            return RuleSource(registry: registry, escalation: escalation, clock: clock)
        }
        guard section[.registry] == nil else { return nil }
        let configuration = try inForce()
        var escalation = configuration.escalation
        if section[.policies] != nil {
            let own = self.escalation(section, besides: nil)
            (escalation.policies, escalation.duty) = (own.policies, own.duty)
        }
        return RuleSource(
            registry: configuration.registry, escalation: escalation,
            clock: section[.clock] == nil
                ? (configuration.settings.clock.futureLimit, configuration.settings.clock.lagLimit) : clock)
    }

    private func inline(_ section: Section<RuleTest.Key>) -> RuleSource? {
        section[.registry]?.fault("stands beside points of the test's own", valid: "one of the two")
        guard let points = section.required(.points, valid: "a list of points as in a point list"),
            let items = points.items()
        else { return nil }
        let rows = items.compactMap { InlinePointRow($0) }
        var escalation = section[.policies] == nil ? Rules.silence : self.escalation(section, besides: nil)
        let site = site(section)
        let registry = rulesReader.registry(site: site, rows: rows, policies: Set(escalation.policies.keys))
        escalation.grades = rulesReader.grades(of: registry)
        return RuleSource(
            registry: registry, escalation: escalation, clock: clock(section),
            inline: RuleSource.Inline(site: site, rows: rows))
    }

    /// The site's mapping; its name, which nobody need give, is `site`.
    private func site(_ section: Section<RuleTest.Key>) -> Field {
        let key = Site.Key.site.rawValue
        let field = section[.site]
        let line = field?.line ?? section.whole.line
        let name = YAMLValue.Entry(key: key, line: line, value: .scalar("site", line: line))
        switch field?.value {
        case .mapping(let entries, _)? where !entries.contains(where: { $0.key == key }):
            return Field(path: "site", value: .mapping([name] + entries, line: line), file: file, log: log)
        case .mapping?: return field ?? section.whole
        case .scalar(let text, _)?:
            let entry = YAMLValue.Entry(key: key, line: line, value: .scalar(text, line: line))
            return Field(path: "site", value: .mapping([entry], line: line), file: file, log: log)
        case .list?:
            field?.fault("is a list", valid: "a site's name, or a mapping as in a site file")
            return Field(path: "site", value: .mapping([name], line: line), file: file, log: log)
        case .empty?, nil:
            return Field(path: "site", value: .mapping([name], line: line), file: file, log: log)
        }
    }

    /// Policies written in the test, or named by it; without either, those that lie beside a registry's folder, as they
    /// do beside settings.
    private func escalation(_ section: Section<RuleTest.Key>, besides folder: String?) -> EscalationRules {
        guard let field = section[.policies] else {
            let beside = folder.map { $0 + "/../policies.yaml" }.map { file.resolve($0) }
            guard let beside, FileManager.default.fileExists(atPath: beside) else {
                return EscalationRules(policies: ["default": EscalationPolicy.standard])
            }
            return rulesReader.policies(at: beside)
        }
        if case .mapping = field.value { return EscalationRules(policies: rulesReader.policies(field)) }
        return field.existingFile().map { rulesReader.policies(at: $0) } ?? Rules.silence
    }

    private func clock(_ section: Section<RuleTest.Key>) -> (future: Int64, lag: Int64) {
        let keys = section[.clock]?.section(of: ClockKey.self)
        return (
            keys?[.futureLimit]?.seconds(in: 0...86_400) ?? 300_000,
            keys?[.lagLimit]?.seconds(in: 0...86_400) ?? 600_000
        )
    }

    // MARK: Header

    private func start(_ field: Field, _ timeZone: String) -> Int64? {
        let valid = "a time such as 2026-11-23T07:00:00Z, or without zone in `timezone`"
        guard let text = field.text(valid: valid) else { return nil }
        guard let time = TimeText.parse(text, timeZone: timeZone) else {
            field.fault("is \"\(text)\"", valid: valid)
            return nil
        }
        return time
    }

    private func repeatEvery(_ field: Field) -> Int64? {
        guard let length = field.offset() else { return nil }
        guard length >= 100 else {
            field.fault("is \(OffsetText.text(length))", valid: "100ms or more")
            return nil
        }
        return length
    }

    private func ignored(_ field: Field) -> IgnoredEvents {
        var ignored = IgnoredEvents()
        var items = [field]
        if case .list = field.value { items = field.items() ?? [] }
        for item in items {
            guard let word = item.text() else { continue }
            if let condition = Condition(name: word) {
                ignored.conditions.insert(condition)
            } else if let type = EventType.named(word) {
                ignored.types.insert(type)
            } else if EventType.families.contains(word) {
                ignored.families.insert(word)
            } else {
                let conditions = Condition.allCases.map(\.name).joined(separator: ", ")
                item.fault(
                    "is \"\(word)\"",
                    valid: "a condition (\(conditions)), a kind of event (\(EventType.valid)), or one of "
                        + EventType.families.sorted().joined(separator: ", "))
            }
        }
        return ignored
    }
}
