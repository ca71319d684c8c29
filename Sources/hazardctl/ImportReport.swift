import Alarms
import Decoding
import Pipeline
import Registry
import Telemetry

/// What an import did, for people and as JSON.
struct ImportReport {
    let run: ImportRun
    let registry: Registry
    let time: LocalTime

    private var survey: ImportSurvey { run.survey }

    func show() {
        var output = StandardOutput()
        var table = TextTable("IMPORTED", "")
        table.add("samples read", String(survey.samples))
        table.add("samples stored", String(run.stored))
        table.add("lines refused", String(survey.faults.total))
        table.add("samples of unknown points", String(run.targets.unknown.reduce(0) { $0 + $1.samples }))
        table.add("first", time.text(survey.times?.lowerBound))
        table.add("last", time.text(survey.times?.upperBound))
        table.print(to: &output, ifEmpty: "")
        for fault in survey.faults.listed {
            output.line("refused: line \(fault.line), \"\(fault.excerpt.printable)\": \(fault.reason.text)")
        }
        let more = survey.faults.total - survey.faults.listed.count
        if more > 0 { output.line("refused: \(more) lines more") }
        for (name, samples) in run.targets.unknown.prefix(SampleFaults.listBound) {
            output.line("unknown: \(name.printable), \(samples) samples")
        }
        showAlarms(&output)
        output.flush()
    }

    private func showAlarms(_ output: inout StandardOutput) {
        output.line("")
        var table = TextTable("WOULD HAVE ALARMED", "FIRST", "LAST", "TIMES")
        for finding in run.trial.findings {
            table.add(
                "\(registry.identifier(of: finding.point))/\(finding.condition.name)", time.text(finding.first),
                time.text(finding.last), String(finding.raises))
        }
        table.print(to: &output, ifEmpty: "no limit of the registry would have alarmed")
        for point in run.untried {
            output.line("not tried: \(registry.identifier(of: point)), too many samples out of order")
        }
    }

    var json: String {
        var text = JSONText()
        text.member("read", Int64(survey.samples))
        text.member("stored", Int64(run.stored))
        text.member("first", survey.times?.lowerBound)
        text.member("last", survey.times?.upperBound)
        var refused = JSONText()
        for reason in SampleFaults.Reason.allCases {
            if let count = survey.faults.counts[reason] { refused.member(named: reason.rawValue, Int64(count)) }
        }
        text.member("refused", json: refused.object)
        text.member(
            "refused_lines",
            json: ImportReport.list(survey.faults.listed) { line, fault in
                line.member("line", Int64(fault.line))
                line.member("reason", fault.reason.rawValue)
                line.member("excerpt", fault.excerpt)
            })
        text.member(
            "unknown",
            json: ImportReport.list(run.targets.unknown) { entry, unknown in
                entry.member("point", unknown.name)
                entry.member("samples", Int64(unknown.samples))
            })
        text.member(
            "alarms",
            json: ImportReport.list(run.trial.findings) { entry, finding in
                entry.member("point", registry.identifier(of: finding.point))
                entry.member("condition", finding.condition.name)
                entry.member("first_raised_at", finding.first)
                entry.member("last_raised_at", finding.last)
                entry.member("raises", Int64(finding.raises))
            })
        text.member(
            "not_tried",
            json: ImportReport.list(run.untried) { entry, point in
                entry.member("point", registry.identifier(of: point))
            })
        return text.object
    }

    private static func list<Element>(_ elements: [Element], _ fill: (inout JSONText, Element) -> Void) -> String {
        let objects = elements.map { element in
            var object = JSONText()
            fill(&object, element)
            return object.object
        }
        return "[\(objects.joined(separator: ","))]"
    }
}
