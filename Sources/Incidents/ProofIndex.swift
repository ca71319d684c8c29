/// `proof/proof.json`: how the parts of the proof hang together (`schemas/incident.md`).
struct ProofIndex: Codable, Sendable {
    /// Everything recorded after this journal row, which a seal before the window signed, is accounted for; 0 for the
    /// beginning of all records.
    var fromRow: Int64
    /// The row of the seal after the window; the newest row where there is none yet.
    var throughRow: Int64
    /// Chain records, by their numbers.
    var compactions: [Int64]
    /// The link before the first row of `journal.jsonl`; nil if that is empty. Hexadecimal.
    var journalBefore: String?
    /// Why the capsule is not proven yet; nil if it is.
    var open: String?
}
