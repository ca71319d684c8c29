import Alarms
import Replay
import Telemetry

/// A replay's report for people.
struct ReplayPage {
    let report: ReplayReport
    let limit: Int
    let time: LocalTime

    /// Alarms and points listed at most, the rest is counted.
    private static let mostRows = 100

    func show(seconds: Double, to output: inout StandardOutput) {
        let rate = Int(Double(report.samples) / max(seconds, 0.001))
        output.line(
            "replayed \(report.samples) samples of \(report.points - report.withoutData.count) points, "
                + "\(time.text(report.times.lowerBound)) to \(time.text(report.times.upperBound)), "
                + "in \(JSONText.number((seconds * 10).rounded() / 10)) s (\(rate) a second)")
        if let proposed = report.proposed {
            output.line("\nPROPOSED RULES BESIDE THOSE IN FORCE")
            show(proposed, ("BEFORE", "AFTER"), to: &output)
        }
        output.line("\nRULES IN FORCE BESIDE THE ALARMS ON RECORD")
        show(report.recorded, ("RECORDED", "REPLAYED"), to: &output)
        output.line("")
        showNotes(to: &output)
    }

    private func show(_ comparison: ReplayReport.Comparison, _ names: (String, String), to output: inout StandardOutput)
    {
        var totals = TextTable("RAISES", names.0, names.1, "SAME", "EARLIER", "LATER", "NEW", "GONE")
        func add(_ name: String, _ isCounted: (AlarmSubject, AlarmTally) -> Bool) {
            let sum = comparison.total(where: isCounted)
            guard sum.before + sum.after > 0 || name == "all" else { return }
            totals.add(
                name, "\(sum.before)", "\(sum.after)", "\(sum.same)", "\(sum.earlier)", "\(sum.later)", "\(sum.new)",
                "\(sum.gone)")
        }
        add("all") { _, _ in true }
        for priority in Priority.allCases.reversed() {
            add(priority.name) { ($1.priorityAfter ?? $1.priorityBefore) == priority }
        }
        for condition in Condition.allCases { add(condition.name) { subject, _ in subject.condition == condition } }
        totals.print(to: &output, ifEmpty: "")
        showAlarms(comparison, names, to: &output)
        showDifferences(comparison, to: &output)
    }

    private func showAlarms(
        _ comparison: ReplayReport.Comparison, _ names: (String, String), to output: inout StandardOutput
    ) {
        let changed = comparison.changed
        guard !changed.isEmpty else {
            output.line("no alarm differs")
            return
        }
        output.line("")
        var table = TextTable(
            "ALARM", "PRIORITY", names.0, names.1, "SAME", "EARLIER", "LATER", "NEW", "GONE", "MEAN SHIFT", "GREATEST")
        for (subject, tally) in changed.prefix(ReplayPage.mostRows) {
            table.add(
                subject.description.printable, priority(tally), "\(tally.before)", "\(tally.after)", "\(tally.same)",
                "\(tally.earlier)", "\(tally.later)", "\(tally.new)", "\(tally.gone)",
                tally.meanShift.map { ReplayPage.shift($0) } ?? "-",
                tally.greatestShift == 0 ? "-" : ReplayPage.shift(tally.greatestShift))
        }
        table.print(to: &output, ifEmpty: "")
        if changed.count > ReplayPage.mostRows {
            output.line("… and \(changed.count - ReplayPage.mostRows) more alarms")
        }
    }

    private func showDifferences(_ comparison: ReplayReport.Comparison, to output: inout StandardOutput) {
        guard comparison.differenceCount > 0, limit > 0 else { return }
        output.line("")
        var table = TextTable("TIME", "ALARM", "PRIORITY", "DIFFERENCE")
        for difference in comparison.differences.prefix(limit) {
            table.add(
                time.text(difference.at), difference.subject.description.printable, difference.priority.name,
                ReplayPage.text(difference.kind))
        }
        table.print(to: &output, ifEmpty: "")
        let rest = comparison.differenceCount - min(limit, comparison.differences.count)
        if rest > 0 { output.line("… and \(rest) more differences") }
    }

    private func priority(_ tally: AlarmTally) -> String {
        guard let before = tally.priorityBefore, let after = tally.priorityAfter, before != after else {
            return (tally.priorityAfter ?? tally.priorityBefore)?.name ?? "-"
        }
        return "\(before.name) → \(after.name)"
    }

    static func text(_ kind: AlarmDifference.Kind) -> String {
        switch kind {
        case .new: "new"
        case .gone: "gone"
        case .moved(let shift): (shift < 0 ? "earlier by " : "later by ") + duration(abs(shift))
        }
    }

    private static func shift(_ milliseconds: Int64) -> String {
        (milliseconds < 0 ? "-" : "+") + duration(abs(milliseconds))
    }

    private static func duration(_ milliseconds: Int64) -> String {
        milliseconds < 60_000
            ? JSONText.number(Double(milliseconds) / 1_000) + "s" : LocalTime.age(milliseconds)
    }

    private func showNotes(to output: inout StandardOutput) {
        if !report.withoutData.isEmpty {
            let named = report.withoutData.prefix(10).map(\.printable).joined(separator: ", ")
            let more = report.withoutData.count > 10 ? " and \(report.withoutData.count - 10) more" : ""
            output.line("without data: \(report.withoutData.count) points: \(named)\(more)")
        }
        if report.measured > 0 {
            output.line(
                "note: \(report.measured) samples came long after they were measured, and were replayed as if they had "
                    + "come at once; the record can have no alarms of them")
        }
        if report.late > 0 {
            output.line("note: \(report.late) samples came too late to alarm anything, and were left out")
        }
        if report.actions > 0 {
            output.line("note: \(report.actions) operator actions of these times are not replayed")
        }
        if report.configurations > 0 {
            output.line(
                "note: the configuration was changed \(report.configurations) times in between; that of now was "
                    + "replayed throughout")
        }
    }
}
