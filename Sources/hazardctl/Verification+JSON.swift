import Alarms
import Evidence

extension Verification {
    /// One object with snake_case keys.
    var json: String {
        var text = JSONText()
        text.member("verified", true)
        text.member("samples", samples)
        text.member("journal_rows", journalRows)
        text.member("compactions", Int64(compactions))
        text.member("day_files", Int64(dayFiles))
        text.member("chunks", Int64(chunks))
        text.member("events", events)
        text.member("operator_actions", actions)
        text.member("seals", Int64(seals))
        text.member("keys", json: "[\(keys.map { "\"\($0)\"" }.joined(separator: ","))]")
        return text.object
    }
}
