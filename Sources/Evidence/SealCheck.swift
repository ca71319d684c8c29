import Foundation
import Store
import Telemetry

/// Checks signatures: of the keys one upon the other, of the seals kept here, and of those kept elsewhere.
struct SealCheck {
    let state: EvidenceReader
    let ledger: Ledger
    let trusted: PublicKey?
    let witnessed: [Seal]

    /// - Returns: identifiers of the keys in the order they signed.
    func run(_ remarks: inout [String], lastRow: Int64) throws -> [String] {
        let keys = try KeyLine(ledger, trusted: trusted)
        remarks += keys.remarks
        var previous: Seal?
        for row in try state.seals() {
            let seal = try read(row)
            try keys.check(seal, "seal \(row.id)")
            guard seal.statement.previous == previous?.digest else {
                throw EvidenceFault(
                    "seal \(row.id) does not name the seal before it: one was changed, removed, or put in")
            }
            try checkLink(seal, "seal \(row.id)")
            try checkRecords(seal, since: previous?.statement.journalID ?? 0, "seal \(row.id)")
            previous = seal
        }
        for seal in witnessed {
            try keys.check(seal, "the witnessed seal of \(seal.statement.at)")
            try checkWitnessed(seal)
        }
        let last = ([previous] + witnessed).compactMap { $0 }.max {
            $0.statement.journalID < $1.statement.journalID
        }
        guard trusted == nil || lastRow == 0 || last.map({ keys.trusted.contains($0.key) }) ?? false
        else {
            throw EvidenceFault(
                "the newest seal is not of the given public key or one it vouched for: nothing shows that this history "
                    + "is the node's")
        }
        let sealed = last?.statement.journalID ?? 0
        if sealed < lastRow {
            remarks.append("journal rows after \(sealed), up to \(lastRow), are under no seal yet")
        }
        return keys.identifiers
    }

    private func read(_ row: EvidenceReader.StoredSeal) throws -> Seal {
        let seal: Seal
        do {
            seal = try Seal(document: row.document)
        } catch {
            throw EvidenceFault("seal \(row.id) cannot be read: \(error)")
        }
        let said = seal.statement
        guard row.journalID == said.journalID, row.link.hexadecimal == said.link, row.key == seal.key,
            TimestampText.utc(row.at) == said.at
        else {
            throw EvidenceFault(
                "seal \(row.id) was signed for another journal row, link or time than its columns say")
        }
        return seal
    }

    /// Whether the chain records it vouches for are those there are.
    private func checkRecords(_ seal: Seal, since row: Int64, _ name: String) throws {
        guard let records = seal.statement.records, row < seal.statement.journalID else { return }
        guard try state.digestRecords(ofRows: row + 1...seal.statement.journalID) == records else {
            throw EvidenceFault("chain records that \(name) vouches for were changed, removed, or put in between")
        }
    }

    private func checkLink(_ seal: Seal, _ name: String) throws {
        guard let link = try link(after: seal.statement.journalID) else {
            throw EvidenceFault("\(name) is of journal row \(seal.statement.journalID), which is missing")
        }
        guard link == seal.statement.link else {
            throw EvidenceFault(
                "\(name) vouches for another history: up to journal row \(seal.statement.journalID) the chain was rewritten"
            )
        }
    }

    private func checkWitnessed(_ seal: Seal) throws {
        let name = "the witnessed seal of \(seal.statement.at)"
        let last = try state.lastRow()
        guard seal.statement.journalID <= last else {
            throw EvidenceFault(
                "\(name) is of journal row \(seal.statement.journalID), but the journal ends at row \(last): its tail was "
                    + "cut off, or an older copy was put in its place")
        }
        try checkLink(seal, name)
    }

    /// The chain's link after a row, hexadecimal; out of the compaction that covered it if it was deleted.
    private func link(after row: Int64) throws -> String? {
        if let link = try state.link(after: row) { return link.hexadecimal }
        let compaction = ledger.compactions.first { $0.body.first <= row && row <= $0.body.last }?.body
        return row == compaction?.last ? compaction?.after : compaction?.contents.sealed[String(row)]
    }
}
