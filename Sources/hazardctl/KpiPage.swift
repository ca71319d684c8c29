import AlarmFigures
import Alarms
import Registry
import Telemetry

/// The figures as an alarm engineer reads them: what they are and should be, the load over time, and who causes it.
struct KpiPage {
    let report: FigureReport
    let node: String
    let site: String?
    let time: LocalTime

    /// The most floods shown: those with the most alarms.
    private static let floodBound = 20

    private var whole: ScopeFigures { report.whole }

    func print(to output: inout StandardOutput) {
        let scope = site.map { "\(node), site \($0.printable)" } ?? node
        output.line(
            "\(scope): \(minute(report.from)) to \(minute(report.to)), \(LocalTime.age(report.to - report.from)); "
                + "\(report.events) alarm events")
        output.line("")
        printFigures(&output)
        output.line("")
        LoadChart(
            whole.load, range: report.from..<max(report.from, report.to), limit: report.basis.targets.peak, time: time
        ).print(to: &output)
        printFrequent(&output)
        printFloods(&output)
        printNuisances(&output)
        printStanding(&output)
        printScopes(&output, "OPERATOR POSITION", report.positions, report.positionsLeftOut)
        if site == nil { printScopes(&output, "SITE", report.sites, report.sitesLeftOut) }
        output.line("")
        output.line("Targets: standards profile \(report.basis.profile) of \(report.basis.dated)")
        for key in AlarmTargets.Key.allCases {
            guard let source = report.basis.targets.sources[key] else { continue }
            output.line("  \(key.rawValue): \(source.description.printable)")
        }
    }

    private func printFigures(_ output: inout StandardOutput) {
        var table = TextTable("FIGURE", "VALUE", "TARGET", "VERDICT")
        table.add("alarms annunciated", String(whole.annunciated), "-", "")
        for figure in whole.figures {
            table.add(figure.title, figure.valueText, figure.targetText, figure.verdict?.rawValue ?? "")
        }
        table.add("acknowledged", String(whole.acknowledged), "-", "")
        table.add("unacknowledged", String(whole.unacknowledgedCount), "-", "")
        table.add("ended unacknowledged", String(whole.endedUnacknowledged), "-", "")
        for kind in Suppression.allCases where kind != .none {
            table.add(kind.name.replacing("_", with: " "), String(whole.suppressed[kind] ?? 0), "-", "")
        }
        table.print(to: &output, ifEmpty: "")
        if whole.positions > 1 {
            output.line("Rates and stale alarms are recommended for one operator position, and judged there (below).")
        }
    }

    private func printFrequent(_ output: inout StandardOutput) {
        var table = TextTable("MOST FREQUENT", "ALARMS", "SHARE")
        for alarm in whole.mostFrequent {
            table.add(alarm.subject.printable, String(alarm.count), percent(alarm.share))
        }
        show(table, &output, ifEmpty: "no alarm was annunciated")
    }

    private func printFloods(_ output: inout StandardOutput) {
        var table = TextTable("FLOOD FROM", "TO", "ALARMS", "PEAK 10 MIN", "FIRST OUT", "MOST FREQUENT")
        let largest = whole.floods.sorted { $0.count > $1.count }.prefix(KpiPage.floodBound)
        for flood in largest.sorted(by: { $0.start < $1.start }) {
            let most = flood.subjects.prefix(3).map { "\($0.subject.printable) \($0.count)" }
            table.add(
                second(flood.start), flood.end.map { second($0) } ?? "goes on", String(flood.count),
                String(flood.peak), flood.firstOut.printable, most.joined(separator: ", "))
        }
        show(table, &output, ifEmpty: "no flood")
        let others = whole.floodCount - largest.count
        if others > 0 { output.line("and \(others) smaller floods") }
    }

    private func printNuisances(_ output: inout StandardOutput) {
        var chattering = TextTable("CHATTERING", "STRETCHES", "TRANSITIONS", "LAST")
        for alarm in whole.chattering {
            chattering.add(
                alarm.subject.printable, String(alarm.stretches), String(alarm.transitions), second(alarm.latest))
        }
        show(chattering, &output, ifEmpty: "no chattering alarm")
        for alarm in whole.chattering {
            output.line("")
            output.line("Proposal for \(alarm.subject.printable) (nothing is changed or silenced):")
            for line in alarm.proposal.working { output.line("  \(line.printable)") }
        }
        let limit = report.basis.targets.fleetingWithin / 1_000
        var fleeting = TextTable("FLEETING", "RETURNED WITHIN \(limit) S")
        for alarm in whole.fleeting { fleeting.add(alarm.subject.printable, String(alarm.count)) }
        show(fleeting, &output, ifEmpty: "no fleeting alarm")
    }

    private func printStanding(_ output: inout StandardOutput) {
        var stale = TextTable("STALE", "ACTIVE SINCE", "FOR")
        for alarm in whole.stale {
            stale.add(alarm.subject.printable, second(alarm.since), LocalTime.age(report.to - alarm.since))
        }
        show(stale, &output, ifEmpty: "no stale alarm")
        let others = whole.staleCount - whole.stale.count
        if others > 0 { output.line("and \(others) more") }
        guard !whole.unacknowledged.isEmpty else { return }
        var waiting = TextTable("UNACKNOWLEDGED", "SINCE", "FOR")
        for alarm in whole.unacknowledged {
            waiting.add(alarm.subject.printable, second(alarm.since), LocalTime.age(report.to - alarm.since))
        }
        show(waiting, &output, ifEmpty: "")
        let more = whole.unacknowledgedCount - whole.unacknowledged.count
        if more > 0 { output.line("and \(more) more") }
    }

    private func printScopes(
        _ output: inout StandardOutput, _ heading: String, _ scopes: [ScopeFigures], _ leftOut: Int
    ) {
        guard scopes.count > 1 || leftOut > 0 else { return }
        var table = TextTable(
            heading, "ALARMS", "PER 10 MIN", "PEAK 10 MIN", "FLOODS", "TIME IN FLOOD", "CHATTERING", "FLEETING",
            "STALE",
            "OVER")
        for scope in scopes {
            func value(_ name: JudgedFigure.Name) -> String { scope[name]?.valueText ?? "-" }
            let over = scope.figures.count { $0.verdict == .over }
            table.add(
                scope.name.printable, String(scope.annunciated), value(.averagePerTenMinutes), value(.peak),
                String(scope.floodCount), value(.floodTime), value(.chattering), value(.fleeting), value(.stale),
                over == 0 ? "" : "\(over) figures")
        }
        show(table, &output, ifEmpty: "")
        if leftOut > 0 { output.line("and \(leftOut) with fewer alarms") }
    }

    private func show(_ table: TextTable, _ output: inout StandardOutput, ifEmpty empty: String) {
        output.line("")
        table.print(to: &output, ifEmpty: empty)
    }

    private func percent(_ share: Double) -> String {
        JSONText.number((share * 1e4).rounded() / 100) + " %"
    }

    private func minute(_ moment: Int64) -> String { String(time.text(moment).prefix(16)) }
    private func second(_ moment: Int64) -> String { String(time.text(moment).prefix(19)) }
}
