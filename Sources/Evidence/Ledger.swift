import Foundation
import Store

/// The chain records read and understood, in the order they were committed.
struct Ledger {
    struct Entry<Body> {
        /// The record's number, and the journal row it was committed with.
        let id: Int64
        let journalID: Int64
        let body: Body
    }

    private(set) var compactions: [Entry<CompactionRecord>] = []
    private(set) var days: [Entry<DayRecord>] = []
    private(set) var purges: [Entry<PurgeRecord>] = []
    private(set) var keys: [Entry<KeyRecord>] = []
    private(set) var configurations: [Entry<ConfigurationRecord>] = []

    init(_ state: EvidenceReader) throws {
        var before: Int64 = 0
        for record in try state.records() {
            guard record.journalID >= before else {
                throw EvidenceFault(
                    "chain record \(record.id) is of an earlier journal row than the one before it")
            }
            before = record.journalID
            do {
                switch ChainRecord.Kind(rawValue: record.kind) {
                case .compaction:
                    compactions.append(
                        Entry(
                            id: record.id, journalID: record.journalID, body: try CompactionRecord(body: record.body)))
                case .day:
                    days.append(
                        Entry(id: record.id, journalID: record.journalID, body: try DayRecord(body: record.body)))
                case .purge:
                    purges.append(
                        Entry(id: record.id, journalID: record.journalID, body: try PurgeRecord(body: record.body)))
                case .key:
                    keys.append(
                        Entry(id: record.id, journalID: record.journalID, body: try KeyRecord(body: record.body)))
                case .configuration:
                    configurations.append(
                        Entry(
                            id: record.id, journalID: record.journalID,
                            body: try ConfigurationRecord(body: record.body)))
                case nil: throw EvidenceFault("chain record \(record.id) is of the unknown kind \"\(record.kind)\"")
                }
            } catch let fault as EvidenceFault {
                throw fault
            } catch {
                throw EvidenceFault("chain record \(record.id) of kind \(record.kind) cannot be read: \(error)")
            }
        }
    }

    /// The last journal row that is in day files; 0 for none.
    var compactedThrough: Int64 { compactions.last?.body.last ?? 0 }

    /// The chain's link after that row.
    var compactedLink: Data? { compactions.last.flatMap { Data(hexadecimal: $0.body.after) } }

    /// Samples, operator actions and chain records of the rows compacted.
    var samples: Int64 { compactions.reduce(0) { $0 + $1.body.samples } }
    var actions: Int64 { compactions.reduce(0) { $0 + $1.body.contents.actionCount } }
    var records: Int64 { compactions.reduce(0) { $0 + $1.body.contents.recordCount } }

    /// Whether this very file was removed on record. Its name can be given again to what comes later.
    func isPurged(_ day: DayRecord) -> Bool {
        purges.contains { $0.body.files.contains { $0.file == day.file && $0.digest == day.digest } }
    }
}
