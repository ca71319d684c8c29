import Foundation
import Store

/// Recomputes the chain's links over the journal rows there are.
struct JournalCheck {
    /// What the rows after the last compaction hold.
    struct Tail {
        var rows: Int64 = 0
        var samples: Int64 = 0
        var actions: Int64 = 0
        var records: Int64 = 0
        var lastRow: Int64
        var lastEvent: Int64
    }

    let state: EvidenceReader
    let ledger: Ledger

    func run() throws -> Tail {
        var tail = Tail(lastRow: ledger.compactedThrough, lastEvent: lastCompactedEvent)
        let start = try state.journalStart()
        var link = start?.link ?? Data(count: 32)
        var before = start?.row ?? 0
        guard before <= ledger.compactedThrough else {
            throw EvidenceFault(
                "journal rows up to \(before) were deleted, but only those up to \(ledger.compactedThrough) are in day "
                    + "files: a compaction's record was removed")
        }
        try state.forEachRow { row in
            // The last row compacted is where everything before is bound to.
            if before == ledger.compactedThrough { try checkJoint(link) }
            guard row.id == before + 1 else {
                throw EvidenceFault(
                    "journal row \(before + 1) is missing: row \(row.id) comes after row \(before)")
            }
            guard row.link(after: link) == row.chain else {
                throw EvidenceFault(
                    "journal row \(row.id) does not follow from row \(before): a row, one of its events or actions was "
                        + "changed, removed, or put in between")
            }
            if let complaint = try row.complaint() {
                throw EvidenceFault("journal row \(row.id) was changed: \(complaint)")
            }
            link = row.chain
            before = row.id
            guard row.id > ledger.compactedThrough else { return }
            try note(row, in: &tail)
        }
        if before == ledger.compactedThrough { try checkJoint(link) }
        guard before >= ledger.compactedThrough else {
            throw EvidenceFault("journal rows after \(before) are missing, up to \(ledger.compactedThrough) at least")
        }
        return tail
    }

    private var lastCompactedEvent: Int64 { ledger.compactions.compactMap(\.body.contents.lastEvent).last ?? 0 }

    private func checkJoint(_ link: Data) throws {
        let expected = ledger.compactedLink ?? Data(count: 32)
        guard link == expected else {
            throw EvidenceFault(
                "journal row \(ledger.compactedThrough) does not end in the link that the compaction up to it recorded")
        }
    }

    private func note(_ row: EvidenceReader.JournalRow, in tail: inout Tail) throws {
        tail.rows += 1
        tail.samples += row.samples
        tail.actions += row.actionCount
        tail.records += row.recordCount
        tail.lastRow = row.id
        guard let first = row.firstEvent, let last = row.lastEvent else { return }
        guard first == tail.lastEvent + 1, last >= first else {
            throw EvidenceFault("events \(tail.lastEvent + 1) to \(first - 1) belong to no journal row")
        }
        tail.lastEvent = last
    }
}
