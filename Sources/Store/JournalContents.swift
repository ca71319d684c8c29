/// What a range of journal rows holds besides samples, so that it can be held against the tables after the rows are gone.
package struct JournalContents: Codable, Sendable, Hashable {
    package var rows: Int64
    /// `sequence` of the first and last event; nil if there are none.
    package var firstEvent: Int64?
    package var lastEvent: Int64?
    /// SHA-256 over the events' bodies, each preceded by its length; hexadecimal.
    package var events: String
    /// How many operator actions, and SHA-256 over their fields as in the chain.
    package var actionCount: Int64
    package var actions: String
    /// How many chain records, and SHA-256 over each one's kind and body.
    package var recordCount: Int64
    package var records: String
    /// Links that seals signed, by journal row: a seal held elsewhere can be compared after the rows are gone.
    package var sealed: [String: String]

    enum CodingKeys: String, CodingKey {
        case rows
        case firstEvent = "first_event"
        case lastEvent = "last_event"
        case events
        case actionCount = "action_count"
        case actions
        case recordCount = "record_count"
        case records
        case sealed
    }
}
