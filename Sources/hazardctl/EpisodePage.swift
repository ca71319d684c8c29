import Alarms
import Escalation
import Registry
import Store
import Telemetry

/// The account of an episode's escalation.
struct EpisodePage {
    let episode: ULID
    let record: EpisodeRecord
    /// What ended the last climb.
    let ending: EpisodeStep?
    let listing: ForecastListing

    private var time: LocalTime { listing.time }

    // MARK: For people

    func print(to output: inout StandardOutput) {
        let state = record.alarm.map { "\($0.priority.name), \($0.state.name)" } ?? "over"
        output.line("\(record.subject), episode \(episode): \(state)")
        if let policy = record.policy { output.line("policy \(policy.name), as it was when the alarm was raised") }
        output.line("")
        var table = TextTable("WHEN", "WHAT", "TIER", "WHO")
        for step in record.steps {
            table.add(
                time.text(step.time), what(step), (step.tier ?? "-").printable, words(step).printable)
        }
        table.print(to: &output, ifEmpty: "no event of it is kept")
        printTasks(to: &output)
        output.line("")
        printNext(to: &output)
    }

    private func printTasks(to output: inout StandardOutput) {
        let open = record.openTasks.filter { $0.isUndelivered || $0.state == .deadLettered }
        guard !open.isEmpty else { return }
        output.line("")
        var table = TextTable("TO BE TOLD", "STATE", "CLAIMS", "FAILURES", "HOLDER", "ID")
        for task in open {
            table.add(
                task.tier.printable, task.state.rawValue, String(task.attempts), String(task.failures),
                (task.lease?.holder ?? "-").printable, task.id.description)
        }
        table.print(to: &output, ifEmpty: "")
    }

    private func printNext(to output: inout StandardOutput) {
        guard record.openTasks.isEmpty else {
            output.line("if nobody acts:")
            listing.print(to: &output, ifEmpty: "nobody further is told in that time")
            return
        }
        if record.tasks.isEmpty {
            output.line("nobody was to be told of it")
        } else if let ending {
            output.line("stopped \(time.text(ending.time)): \(because(ending).printable)")
        } else {
            output.line("stopped; no event of it is kept")
        }
        if let realarmAt = record.alarm?.realarmAt {
            output.line("if it is still active then, it climbs anew from \(time.text(realarmAt))")
        }
    }

    private func what(_ step: EpisodeStep) -> String {
        if record.isPassedOver(step) { return "passed over" }
        return step.kind == "due" ? "told" : step.kind.replacing("_", with: " ")
    }

    private func words(_ step: EpisodeStep) -> String {
        var parts: [String] = []
        if step.isEscalation, step.kind == "due" {
            let people = step.recipients?.map { "\($0.name) (\($0.duty))" }
            parts.append(
                people.map { $0.isEmpty ? "nobody by name" : $0.joined(separator: ", ") } ?? "whoever serves the tier")
        } else if !step.isEscalation, let value = step.value {
            let limit = step.limit.map { ", limit \(JSONText.number($0))" } ?? ""
            parts.append("\(JSONText.number(value))\(step.unit.map { " \($0)" } ?? "")\(limit)")
        }
        if let actor = step.actor { parts.append("by \(actor)") }
        if let comment = step.comment { parts.append(comment) }
        if let cause = step.cause { parts.append("cause \(cause)") }
        return parts.isEmpty ? "-" : parts.joined(separator: "; ")
    }

    private func because(_ ending: EpisodeStep) -> String {
        var text = ending.isEscalation ? "cancelled" : ending.kind.replacing("_", with: " ")
        if let actor = ending.actor { text += " by \(actor)" }
        if let comment = ending.comment { text += ", \"\(comment)\"" }
        if let cause = ending.cause { text += ", cause \(cause)" }
        return text
    }

    // MARK: For programs

    var json: String {
        var json = JSONText()
        json.member("episode", episode.description)
        json.member("subject", record.subject)
        json.member("alarm", json: record.alarm?.json() ?? "null")
        json.member("policy", json: record.policy?.json ?? "null")
        json.member("events", json: "[\(record.steps.map { object($0) }.joined(separator: ","))]")
        json.member("stopped_by", json: ending.map { object($0) } ?? "null")
        json.member("realarm_at", record.alarm?.realarmAt)
        listing.members(of: &json)
        return json.object
    }

    private func object(_ step: EpisodeStep) -> String {
        var json = JSONText()
        json.member("sequence", step.sequence)
        json.member("at", step.time)
        json.member("kind", record.isPassedOver(step) ? "passed_over" : step.kind)
        json.member("tier", step.tier)
        json.member("escalation", step.escalation)
        let recipients = step.recipients?.map { recipient in
            var json = JSONText()
            json.member("name", recipient.name)
            json.member("duty", recipient.duty)
            return json.object
        }
        json.member("recipients", json: recipients.map { "[\($0.joined(separator: ","))]" } ?? "null")
        json.member("actor", step.actor)
        json.member("comment", step.comment)
        json.member("cause", step.cause)
        return json.object
    }
}
