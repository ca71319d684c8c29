import Foundation
import Store

/// Holds the compactions against one another and against the tables of what they covered.
struct CompactionCheck {
    let state: EvidenceReader
    let ledger: Ledger

    func run() throws {
        var link = Data(count: 32).hexadecimal
        var last: Int64 = 0
        for entry in ledger.compactions {
            let body = entry.body
            guard body.before == link, body.first == last + 1, body.last >= body.first else {
                throw EvidenceFault(
                    "compaction of journal rows \(body.first) to \(body.last) (record \(entry.id)) does not follow from "
                        + "the one before, which ended at row \(last): a record was changed, removed, or put in between"
                )
            }
            try check(body, entry.id)
            link = body.after
            last = body.last
        }
    }

    private func check(_ body: CompactionRecord, _ id: Int64) throws {
        let rows = body.first...body.last
        let name = "of journal rows \(body.first) to \(body.last)"
        let found = try state.contents(
            ofRows: rows, firstEvent: body.contents.firstEvent, lastEvent: body.contents.lastEvent)
        guard found.events == body.contents.events else {
            throw EvidenceFault(
                "events \(body.contents.firstEvent ?? 0) to \(body.contents.lastEvent ?? 0) are not those \(name): "
                    + "one was changed, removed, or put in between")
        }
        guard found.actionCount == body.contents.actionCount, found.actions == body.contents.actions else {
            throw EvidenceFault(
                "operator actions \(name) are not those on record: there were \(body.contents.actionCount), now "
                    + "\(found.actionCount); one was changed, removed, or put in between")
        }
        guard found.recordCount == body.contents.recordCount, found.records == body.contents.records else {
            throw EvidenceFault(
                "chain records \(name) are not those on record: one was changed, removed, or put in between")
        }
        // The chain's head may have been sealed after the compaction looked and before it was on record.
        var sealed = found.sealed
        if body.contents.sealed[String(body.last)] == nil, sealed[String(body.last)] == body.after {
            sealed[String(body.last)] = nil
        }
        guard sealed == body.contents.sealed else {
            throw EvidenceFault("seals \(name) are not those on record: one was changed, removed, or put in between")
        }
    }
}
