import Historian
import Store

/// Everything of the record that goes into a capsule, read at one moment.
struct IncidentMaterial {
    var sheet: IncidentSheet
    var events: [EvidenceReader.StoredEvent] = []
    /// The last `hazard.config.applied.v1` before the raise.
    var applied: EvidenceReader.StoredEvent?
    /// Seal documents.
    var seals: [String] = []
    /// Bodies of key records, oldest first.
    var keys: [String] = []
    var index: ProofIndex
    var records: [ProofRecord] = []
    /// Event bodies of the compactions, by sequence.
    var compactedEvents: [String] = []
    var rows: [ProofRow] = []
    var files: [ProofFile] = []
    var chunks: [ProofChunk] = []
    /// The same chunks as the day files have them.
    var entries: [DayFile.Entry] = []
}
