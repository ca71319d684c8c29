import Foundation
import Historian
import Store

/// Works out which statements, journal rows and seals prove a capsule (`schemas/incident.md`).
struct ProofPlan {
    let ledger: ProofLedger
    private(set) var index: ProofIndex
    private(set) var records: [ProofRecord] = []
    /// The documents of the seals used.
    private(set) var seals: [String] = []
    /// The journal rows to go along; nil for none.
    private let live: ClosedRange<Int64>?
    private var needed: Set<Int64> = []

    init(_ sheet: IncidentSheet, events: [EvidenceReader.StoredEvent], _ state: EvidenceReader) throws {
        ledger = try ProofLedger(state)
        let compacted = ledger.compactedThrough
        var rows = try state.rows(after: compacted, times: sheet.from...max(sheet.from, sheet.to))
        for event in events {
            if let compaction = ledger.compaction(ofEvent: event.sequence) {
                needed.insert(compaction)
            } else if let row = try state.row(after: compacted, ofEvent: event.sequence) {
                rows.append(row)
            }
        }
        let before = ledger.seals.last { $0.at <= sheet.from }
        let after = ledger.seals.first { $0.at >= sheet.to && $0.row >= rows.max() ?? 0 }
        let head = try state.lastRow()
        let from = before?.row ?? 0
        let through = after?.row ?? head
        for entry in ledger.compactions where entry.body.last > from && entry.body.first <= through {
            needed.insert(entry.id)
        }
        let lower = min(max(compacted, from) + 1, rows.min() ?? .max)
        live = through > compacted && lower <= through ? lower...through : nil
        index = ProofIndex(fromRow: from, throughRow: through, compactions: [])
        if after == nil {
            index.open =
                "nothing after the incident is sealed yet; hazardd seals at start, every hour and at stop: make the "
                + "capsule again then"
        }
        if let live {
            index.journalBefore =
                try state.link(after: live.lowerBound - 1)?.hexadecimal
                ?? ledger.compactions.last { $0.body.last == live.lowerBound - 1 }?.body.after
                ?? state.journalStart()?.link.hexadecimal ?? Data(count: 32).hexadecimal
        }
        use(before)
        use(after)
    }

    private mutating func use(_ sealed: ProofLedger.Sealed?) {
        guard let sealed, !seals.contains(sealed.document) else { return }
        seals.append(sealed.document)
    }

    /// The material of the journal rows.
    func rows(_ state: EvidenceReader) throws -> [ProofRow] {
        guard let live else { return [] }
        var rows: [ProofRow] = []
        try state.forEachRow(of: live) { row in
            rows.append(
                ProofRow(
                    row: row.id, block: Data(row.block), events: row.events, actions: row.actions,
                    records: row.records.map { ProofRow.Statement(kind: $0.kind.rawValue, body: $0.body) },
                    link: row.chain.hexadecimal))
        }
        return rows
    }

    /// Takes in the records that bind these files' chunks.
    mutating func add(compactionsOf files: [ProofFile]) {
        for file in files { needed.insert(file.record) }
    }

    /// Sees to it that every record needed comes with all that the same seal signed along with it.
    mutating func sign() {
        let bySeal = Dictionary(grouping: ledger.records) { record in
            ledger.seals.firstIndex { $0.row >= record.journalID }
        }
        let wanted = ledger.records.filter { needed.contains($0.id) }
        let groups = Set(wanted.map { record in ledger.seals.firstIndex { $0.row >= record.journalID } })
        for group in groups.sorted(by: { ($0 ?? .max) < ($1 ?? .max) }) {
            if let group {
                use(ledger.seals[group])
            } else if index.open == nil {
                index.open =
                    "the last compaction is not sealed yet; hazardd seals at start, every hour and at stop: make the "
                    + "capsule again then"
            }
            let place = group.flatMap { seals.firstIndex(of: ledger.seals[$0].document) }
            for record in bySeal[group] ?? [] where group != nil || needed.contains(record.id) {
                records.append(ProofRecord(id: record.id, kind: record.kind, body: record.body, seal: place))
            }
        }
        let isCompaction = Set(ledger.compactions.map(\.id))
        index.compactions = needed.filter { isCompaction.contains($0) }.sorted()
    }

    /// The bodies of all events that the compactions took in.
    func compactedEvents(_ state: EvidenceReader) throws -> [String] {
        var bodies: [String] = []
        for entry in ledger.compactions where index.compactions.contains(entry.id) {
            guard let first = entry.body.contents.firstEvent, let last = entry.body.contents.lastEvent, first <= last
            else { continue }
            bodies += try state.events(first...last).map(\.body)
        }
        return bodies
    }
}
