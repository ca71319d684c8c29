import Alarms
import Replay
import Telemetry

/// A replay's report as one JSON object.
struct ReplayJSON {
    let report: ReplayReport
    let limit: Int

    func text(seconds: Double) -> String {
        var json = JSONText()
        json.member("from", TimestampText.utc(report.times.lowerBound))
        json.member("to", TimestampText.utc(report.times.upperBound))
        json.member("samples", report.samples)
        json.member("points", Int64(report.points))
        json.member("seconds", (seconds * 1_000).rounded() / 1_000)
        json.member("replayed_when_measured", report.measured)
        json.member("left_out_as_late", report.late)
        json.member("operator_actions", Int64(report.actions))
        json.member("configuration_changes", Int64(report.configurations))
        json.member("without_data", json: list(report.withoutData.map { JSONText.string($0) }))
        json.member("proposed", json: report.proposed.map { self.json($0) } ?? "null")
        json.member("recorded", json: self.json(report.recorded))
        return json.object
    }

    private func json(_ comparison: ReplayReport.Comparison) -> String {
        var json = JSONText()
        json.member("total", json: self.json(comparison.total { _, _ in true }, nil))
        let priorities = Priority.allCases.reversed().map { priority in
            (priority.name, comparison.total { ($1.priorityAfter ?? $1.priorityBefore) == priority })
        }
        json.member("by_priority", json: sums(priorities))
        let conditions = Condition.allCases.map { condition in
            (condition.name, comparison.total { subject, _ in subject.condition == condition })
        }
        json.member("by_condition", json: sums(conditions))
        json.member("alarms", json: list(comparison.changed.map { self.json($0.tally, $0.subject) }))
        json.member("difference_count", Int64(comparison.differenceCount))
        json.member("differences", json: list(comparison.differences.prefix(limit).map { self.json($0) }))
        return json.object
    }

    private func sums(_ named: [(String, AlarmTally)]) -> String {
        var json = JSONText()
        for (name, tally) in named where tally.before + tally.after > 0 {
            json.member(named: name, json: self.json(tally, nil))
        }
        return json.object
    }

    private func json(_ tally: AlarmTally, _ subject: AlarmSubject?) -> String {
        var json = JSONText()
        if let subject {
            json.member("subject", subject.description)
            json.member("priority_before", tally.priorityBefore?.name)
            json.member("priority_after", tally.priorityAfter?.name)
        }
        json.member("before", Int64(tally.before))
        json.member("after", Int64(tally.after))
        json.member("same", Int64(tally.same))
        json.member("earlier", Int64(tally.earlier))
        json.member("later", Int64(tally.later))
        json.member("new", Int64(tally.new))
        json.member("gone", Int64(tally.gone))
        json.member("reprioritised", Int64(tally.reprioritised))
        if subject != nil {
            json.member("mean_shift_ms", tally.meanShift)
            json.member("greatest_shift_ms", tally.greatestShift)
        }
        return json.object
    }

    private func json(_ difference: AlarmDifference) -> String {
        var json = JSONText()
        json.member("time", TimestampText.utc(difference.at))
        json.member("subject", difference.subject.description)
        json.member("priority", difference.priority.name)
        switch difference.kind {
        case .new: json.member("kind", "new")
        case .gone: json.member("kind", "gone")
        case .moved(let shift):
            json.member("kind", shift < 0 ? "earlier" : "later")
            json.member("shift_ms", shift)
        }
        return json.object
    }

    private func list(_ items: [String]) -> String { "[\(items.joined(separator: ","))]" }
}
