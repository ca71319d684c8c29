import Evidence
import Foundation
import Store

/// The journal rows and events of a capsule, each proven by a link or a statement.
struct CapsuleRecord {
    let rows: [ProofRow]
    /// Bodies; those of compactions first.
    let events: [String]
    private let index: ProofIndex
    private let sheet: IncidentSheet
    private let sealed: SealedStatements
    private let compactions: [CompactionRecord]

    init(
        _ files: CapsuleFiles, _ index: ProofIndex, _ sheet: IncidentSheet, _ sealed: SealedStatements,
        _ statements: CapsuleStatements
    ) throws {
        self.index = index
        self.sheet = sheet
        self.sealed = sealed
        compactions = statements.compactions
        rows = try files.objects(ProofRow.self, "proof/journal.jsonl")
        let compacted = try files.lines("proof/events.jsonl").map { String($0) }
        try CapsuleRecord.check(compacted, compactions)
        events = compacted + rows.flatMap(\.events)
        try checkLinks()
    }

    static func facts(_ body: String) throws -> EventFacts {
        do {
            return try EventFacts(body: body)
        } catch {
            throw EvidenceFault("an event on record cannot be read: \(error)")
        }
    }

    /// Whether the events are those that the compactions counted and hashed.
    private static func check(_ bodies: [String], _ compactions: [CompactionRecord]) throws {
        var rest = bodies[...]
        for compaction in compactions {
            var hasher = ChainHasher()
            if let first = compaction.contents.firstEvent, let last = compaction.contents.lastEvent, first <= last {
                for body in rest.prefix(Int(clamping: last - first + 1)) { hasher.add(body) }
                rest = rest.dropFirst(Int(clamping: last - first + 1))
            }
            guard hasher.digest.hexadecimal == compaction.contents.events else {
                throw EvidenceFault(
                    "proof/events.jsonl: events \(compaction.contents.firstEvent ?? 0) to "
                        + "\(compaction.contents.lastEvent ?? 0) are not those that the compaction of journal rows "
                        + "\(compaction.first) to \(compaction.last) took in")
            }
        }
        guard rest.isEmpty else { throw EvidenceFault("proof/events.jsonl has events that no compaction took in") }
    }

    /// Recomputes the links of the journal rows, up to one that a seal signed.
    private func checkLinks() throws {
        guard let last = rows.last else { return }
        guard var link = index.journalBefore.flatMap({ Data(hexadecimal: $0) }) else {
            throw EvidenceFault("proof/proof.json does not give the link before the journal rows")
        }
        for row in rows {
            link = ChainHasher.link(after: link, row)
            guard link.hexadecimal == row.link else {
                throw EvidenceFault(
                    "proof/journal.jsonl: row \(row.row) does not have its link: its samples, events or actions, or those "
                        + "before it, are not what was recorded")
            }
            guard sealed.seal(ofRow: row.row).map({ $0.statement.link == row.link }) ?? true else {
                throw EvidenceFault("proof/journal.jsonl: row \(row.row) is not the one that the seal of it signed")
            }
        }
        guard index.open != nil || sealed.seal(ofRow: last.row) != nil else {
            throw EvidenceFault("proof/journal.jsonl: no seal signed the last row, \(last.row)")
        }
    }

    /// Whether rows and compactions follow one another without a gap from a seal before the window to one after it.
    func checkCoverage() throws {
        var link = Data(count: 32).hexadecimal
        guard index.fromRow >= 0, index.fromRow <= index.throughRow else {
            throw EvidenceFault("proof/proof.json: through_row lies before from_row")
        }
        if index.fromRow > 0 {
            guard let seal = sealed.seal(ofRow: index.fromRow),
                let at = UTCText.milliseconds(seal.statement.at), at <= sheet.from
            else { throw EvidenceFault("seals.jsonl has no seal of journal row \(index.fromRow) before the window") }
            link = seal.statement.link
        }
        var row = index.fromRow
        for compaction in compactions where compaction.last > index.fromRow {
            guard compaction.first <= index.throughRow else { break }
            if compaction.first <= row {
                try checkSeal(ofRow: row, in: compaction)
            } else if compaction.first != row + 1 || compaction.before != link {
                throw EvidenceFault(
                    "the compaction of journal rows after \(row) is missing, up to \(compaction.first - 1)")
            }
            row = compaction.last
            link = compaction.after
            if index.throughRow <= row { try checkSeal(ofRow: index.throughRow, in: compaction) }
        }
        try checkRows(after: row, link)
        guard index.open == nil else { return }
        guard let seal = sealed.seal(ofRow: index.throughRow), let at = UTCText.milliseconds(seal.statement.at),
            at >= sheet.to
        else { throw EvidenceFault("seals.jsonl has no seal of journal row \(index.throughRow) after the window") }
    }

    /// The rows given go on where the compactions end, and reach as far as is asked.
    private func checkRows(after row: Int64, _ link: String) throws {
        guard row < index.throughRow else { return }
        let before = rows.last { $0.row <= row }?.link ?? index.journalBefore
        let start = rows.first { $0.row > row }
        guard start?.row == row + 1, before == link, rows.last?.row == index.throughRow else {
            throw EvidenceFault("proof/journal.jsonl: rows after \(row) are missing, up to \(index.throughRow)")
        }
    }

    /// The compaction knows the link that a seal within it signed.
    private func checkSeal(ofRow row: Int64, in compaction: CompactionRecord) throws {
        guard row > 0, compaction.first <= row, let seal = sealed.seal(ofRow: row) else { return }
        let link = row == compaction.last ? compaction.after : compaction.contents.sealed[String(row)]
        guard link == seal.statement.link else {
            throw EvidenceFault(
                "the compaction of journal rows \(compaction.first) to \(compaction.last) does not know the "
                    + "seal of row \(row)")
        }
    }
}

extension ChainHasher {
    /// The link of a journal row after another (`schemas/evidence.md`).
    fileprivate static func link(after link: Data, _ row: ProofRow) -> Data {
        var hasher = ChainHasher()
        hasher.add(raw: link)
        hasher.add(row.block)
        hasher.add(number: row.events.count)
        for event in row.events { hasher.add(event) }
        hasher.add(number: row.actions.count)
        for field in row.actions.joined() { hasher.add(field) }
        guard !row.records.isEmpty else { return hasher.digest }
        hasher.add(number: row.records.count)
        for record in row.records {
            hasher.add(record.kind)
            hasher.add(record.body)
        }
        return hasher.digest
    }
}
