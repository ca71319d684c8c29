/// A line of `proof/records.jsonl`: a statement of the node about its own record.
struct ProofRecord: Codable, Sendable {
    var id: Int64
    var kind: String
    var body: String
    /// The line of `seals.jsonl`, from 0, of the seal that signed it; nil if none did yet.
    var seal: Int?
}
