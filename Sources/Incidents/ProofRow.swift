import Foundation

/// A line of `proof/journal.jsonl`: everything the link of a journal row covers.
struct ProofRow: Codable, Sendable {
    struct Statement: Codable, Sendable {
        var kind: String
        var body: String
    }

    var row: Int64
    var block: Data
    var events: [String]
    /// Seven texts each.
    var actions: [[String]]
    var records: [Statement]
    /// Hexadecimal.
    var link: String
}
