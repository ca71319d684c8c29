import Alarms
import Escalation
import Registry

/// A forecast of a climb for people and for programs.
struct ForecastListing {
    let forecast: ClimbForecast
    let time: LocalTime
    /// What is counted from, UTC milliseconds.
    let start: Int64

    /// - Parameter empty: what to say where nothing follows.
    func print(to output: inout StandardOutput, ifEmpty empty: String) {
        var table = TextTable("WHEN", "AFTER", "TIER", "NO", "WHO")
        for entry in forecast.entries {
            table.add(
                time.text(entry.time), LocalTime.age(entry.time - start), entry.tier.printable,
                entry.isPassedOver ? "-" : String(entry.announcement), ForecastListing.words(entry).printable)
        }
        table.print(to: &output, ifEmpty: empty)
        if forecast.isCut { output.line("… and so on: no more than \(ClimbForecast.mostEntries) are listed") }
    }

    /// The list as JSON, and whether there is more of it.
    func members(of json: inout JSONText) {
        json.member("steps", json: "[\(forecast.entries.map { ForecastListing.json($0) }.joined(separator: ","))]")
        json.member("cut", forecast.isCut)
    }

    private static func words(_ entry: ForecastEntry) -> String {
        switch entry.audience {
        case .unnamed: "whoever serves the tier"
        case .people(let people): people.map { words($0) }.joined(separator: ", ")
        case .nobody(let reason): entry.isPassedOver ? "passed over: \(reason)" : "nobody by name: \(reason)"
        }
    }

    private static func words(_ recipient: Recipient) -> String {
        [recipient.name, recipient.phone, "(\(recipient.duty))"].compactMap(\.self).joined(separator: " ")
    }

    private static func json(_ entry: ForecastEntry) -> String {
        var json = JSONText()
        json.member("at", entry.time)
        json.member("tier", entry.tier)
        json.member("step", Int64(entry.step))
        json.member("announcement", Int64(entry.announcement))
        json.member("passed_over", entry.isPassedOver)
        let isNamed = entry.audience != .unnamed
        let list = entry.audience.recipients.map { recipient in
            var json = JSONText()
            json.member("name", recipient.name)
            json.member("phone", recipient.phone)
            json.member("duty", recipient.duty.description)
            return json.object
        }
        json.member("recipients", json: isNamed ? "[\(list.joined(separator: ","))]" : "null")
        json.member("reason", entry.audience.emptiness)
        return json.object
    }
}
