import Store

/// Holds the end of the journal against what other tables say was recorded: a tail that was cut off leaves its traces.
struct TailCheck {
    let state: EvidenceReader
    let ledger: Ledger
    let tail: JournalCheck.Tail

    func run() throws {
        try checkEnd(of: "journal", at: tail.lastRow)
        try checkEnd(of: "record", at: try state.lastRecord())
        try checkEnd(of: "seal", at: try state.lastSeal())
        try checkRest()
        let event = try state.lastEvent()
        guard event == tail.lastEvent else {
            throw EvidenceFault(
                event > tail.lastEvent
                    ? "event \(tail.lastEvent + 1) belongs to no journal row: it was put in, or the journal's tail was cut off"
                    : "events end at \(event), but the journal's go up to \(tail.lastEvent): the last ones were removed"
            )
        }
        let stored = try state.storedSamples()
        guard stored == ledger.samples + tail.samples else {
            throw EvidenceFault(
                "\(stored) samples were stored, but journal and compactions hold \(ledger.samples + tail.samples)")
        }
        let count = try state.eventCount()
        let first = try state.firstEvent()
        guard count == 0 || first > 0 && count == event - first + 1 else {
            throw EvidenceFault(
                "events \(first) to \(event) are numbered from 1 without a gap, but \(count) are there")
        }
        if let sequence = try state.misfiledEvent() {
            throw EvidenceFault(
                "event \(sequence) was changed: its columns do not say what its body says")
        }
    }

    /// SQLite remembers the highest number it gave out.
    private func checkEnd(of table: String, at last: Int64) throws {
        let numbered = try state.lastNumber(ofTable: table)
        guard numbered == last else {
            throw EvidenceFault(
                "table \(table) ends at row \(last), but rows up to \(numbered) were written: "
                    + (numbered > last ? "its tail was cut off" : "some were put in"))
        }
    }

    /// Actions and records of no journal row are in no link.
    private func checkRest() throws {
        let actions = (there: try state.actionCount(), bound: ledger.actions + tail.actions)
        guard actions.there == actions.bound else {
            throw EvidenceFault(
                "there are \(actions.there) operator actions, but those of all journal rows are \(actions.bound)"
            )
        }
        let records = (there: try state.recordCount(), bound: ledger.records + tail.records)
        guard records.there == records.bound else {
            throw EvidenceFault(
                "there are \(records.there) chain records, but those of all journal rows are \(records.bound)"
            )
        }
    }
}
