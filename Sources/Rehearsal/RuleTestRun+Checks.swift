import Alarms
import Pipeline
import Settings

/// What came, held against what the test expects.
extension RuleTestRun {
    func hold(_ check: Check) throws(RuleTestFailure) {
        switch check {
        case .events(let expected, let line):
            try compare(expected, line: line, what: "not as expected by \(OffsetText.text(node.elapsed))")
        case .standing(let expected, let line): try hold(standing: expected, line)
        case .count(let outcome, let expected, let line):
            let found = outcome.count(in: node.state.accounting)
            guard found != expected else { return }
            throw failure(
                line, "\(outcome.rawValue) was to be \(expected) by \(OffsetText.text(node.elapsed)) and is \(found)")
        }
    }

    func compare(_ expected: [ExpectedEvent], line: Int, what: String) throws(RuleTestFailure) {
        let comparison = EventComparison(expected, record.pending)
        record.pending = []
        guard !comparison.holds else { return }
        let differences =
            comparison.missing.map { "missing:    \($0.text(names))" }
            + comparison.unexpected.map { "unexpected: \($0.text(names))" }
        let objects = (comparison.missing.map(\.subject) + comparison.unexpected.map(\.subject)).map {
            Story.object(of: $0)
        }
        throw failure(
            comparison.missing.first?.line ?? line, what, differences: differences, objects: Set(objects))
    }

    private func hold(standing expected: [ExpectedAlarm], _ line: Int) throws(RuleTestFailure) {
        let found = node.engine.standing.filter { !test.ignored.covers($0.subject) }
        var differences: [String] = []
        var objects: Set<String> = []
        for wanted in expected {
            let alarm = found.first { $0.subject == wanted.subject }
            guard !(alarm.map { wanted.matches($0) } ?? false) else { continue }
            objects.insert(Story.object(of: wanted.subject.description))
            differences.append("expected: \(wanted.text(names))")
            let stands = alarm.map { ExpectedAlarm($0).text(names) }
            differences.append("stands:   \(stands ?? "\(names.short(wanted.subject.description)) is normal")")
        }
        for alarm in found where !expected.contains(where: { $0.subject == alarm.subject }) {
            objects.insert(Story.object(of: alarm.subject.description))
            differences.append("unexpected: \(ExpectedAlarm(alarm).text(names))")
        }
        guard !differences.isEmpty else { return }
        throw failure(
            line, "at \(OffsetText.text(node.elapsed)) the alarms do not stand as expected", differences: differences,
            objects: objects)
    }

    func failure(
        _ line: Int, _ message: String, differences: [String] = [], objects: Set<String> = []
    ) -> RuleTestFailure {
        RuleTestFailure(
            file: test.file.name, line: line, message: message, differences: differences,
            story: record.story.lines(of: objects))
    }
}
