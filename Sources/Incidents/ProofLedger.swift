import Evidence
import Foundation
import Historian
import Store

/// The node's statements about its own record, and the seals, as a proof is planned with them.
struct ProofLedger {
    struct Sealed {
        let seal: Seal
        let document: String
        let row: Int64
        /// UTC milliseconds.
        let at: Int64
    }

    /// All chain records, oldest first.
    let records: [EvidenceReader.StoredRecord]
    let compactions: [(id: Int64, body: CompactionRecord)]
    let days: [(id: Int64, body: DayRecord)]
    let seals: [Sealed]

    init(_ state: EvidenceReader) throws {
        records = try state.records()
        compactions = try records.filter { $0.kind == ChainRecord.Kind.compaction.rawValue }.map {
            ($0.id, try CompactionRecord(body: $0.body))
        }
        days = try records.filter { $0.kind == ChainRecord.Kind.day.rawValue }.map {
            ($0.id, try DayRecord(body: $0.body))
        }
        seals = try state.seals().map { row in
            let seal = try Seal(document: row.document)
            return Sealed(
                seal: seal, document: row.document, row: row.journalID,
                at: UTCText.milliseconds(seal.statement.at) ?? .max)
        }
    }

    /// Bodies of the key records, oldest first.
    var keys: [String] { records.filter { $0.kind == ChainRecord.Kind.key.rawValue }.map(\.body) }

    var compactedThrough: Int64 { compactions.last?.body.last ?? 0 }

    /// The record that binds a day file's chunks; nil if there is none.
    /// - Parameter rows: those that the chunks came from.
    func record(of entry: HistoryFolder.Entry, rows: ClosedRange<Int64>) -> Int64? {
        guard entry.isOpen else { return days.last { $0.body.file == entry.name }?.id }
        return compactions.last { $0.body.first == rows.lowerBound && $0.body.days.contains { $0.file == entry.name } }?
            .id
    }

    /// The compaction that took in an event.
    func compaction(ofEvent sequence: Int64) -> Int64? {
        compactions.first { entry in
            guard let first = entry.body.contents.firstEvent, let last = entry.body.contents.lastEvent else {
                return false
            }
            return first <= sequence && sequence <= last
        }?.id
    }
}
