/// A line of `proof/files.jsonl`: all chunks that one record binds, by their hashes.
struct ProofFile: Codable, Sendable {
    /// The day file's name.
    var file: String
    /// The compaction or day record.
    var record: Int64
    /// In the order that the record's digest has them, 64 hexadecimal digits each.
    var hashes: String
}
