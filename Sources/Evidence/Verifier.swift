import Foundation
import Historian
package import Store

/// Recomputes the whole evidence out of the files alone, and names the first thing that does not hold
/// (`schemas/evidence.md`).
package struct Verifier {
    let folder: StateFolder
    let history: HistoryFolder
    /// The key somebody outside vouches for; nil to take those that the chain itself introduces.
    let trusted: PublicKey?
    /// Seals that were kept elsewhere.
    let witnessed: [Seal]
    /// Day files of other times are not read through; nil for all.
    let times: ClosedRange<Int64>?

    package init(
        _ folder: StateFolder, trusted: PublicKey? = nil, witnessed: [Seal] = [], times: ClosedRange<Int64>? = nil
    ) {
        self.folder = folder
        history = HistoryFolder(folder)
        self.trusted = trusted
        self.witnessed = witnessed
        self.times = times
    }

    /// - Throws: an `EvidenceFault` for what does not hold, another error for what cannot be read at all.
    package func verify() throws -> Verification {
        var tries = 0
        while true {
            let state = try Verifier.naming { try EvidenceReader(folder) }
            let records = try Verifier.naming { try state.recordCount() }
            do {
                return try Verifier.naming { try verify(state) }
            } catch let fault as EvidenceFault {
                tries += 1
                // A daemon that works meanwhile seals and removes files: then what was read belongs to no one moment.
                guard tries < 3, try EvidenceReader(folder).recordCount() != records else { throw fault }
            }
        }
    }

    private func verify(_ state: EvidenceReader) throws -> Verification {
        var result = Verification()
        let ledger = try Ledger(state)
        result.compactions = ledger.compactions.count
        try checkIntegrity(state)
        try CompactionCheck(state: state, ledger: ledger).run()
        let tail = try JournalCheck(state: state, ledger: ledger).run()
        result.journalRows = tail.rows
        try TailCheck(state: state, ledger: ledger, tail: tail).run()
        try ConfigurationCheck(state: state, ledger: ledger).run()
        result.events = try state.eventCount()
        result.actions = try state.actionCount()
        result.samples = ledger.samples + tail.samples
        let seals = SealCheck(state: state, ledger: ledger, trusted: trusted, witnessed: witnessed)
        result.keys = try seals.run(&result.remarks, lastRow: tail.lastRow)
        result.seals = try state.seals().count
        let names = try state.pointNames()
        state.finish()
        try DayFileCheck(history: history, ledger: ledger, times: times, names: names).run(&result)
        if trusted == nil {
            result.remarks.append(
                "no public key was given: that the keys are this node's own is taken from the files themselves")
        }
        if witnessed.isEmpty {
            result.remarks.append(
                "no seal from outside was given: whether the whole store was exchanged for an older copy cannot be seen"
            )
        }
        return result
    }

    /// A file too damaged to be read does not hold either.
    private static func naming<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as HistoryError where error.kind == .damaged {
            throw EvidenceFault(error.description)
        } catch let error as StoreError where error.kind == .foreign {
            throw EvidenceFault(error.description)
        }
    }

    private func checkIntegrity(_ state: EvidenceReader) throws {
        guard let complaint = try state.integrityComplaint() else { return }
        throw EvidenceFault("\(folder.database): the file itself does not hold together: \(complaint)")
    }
}
