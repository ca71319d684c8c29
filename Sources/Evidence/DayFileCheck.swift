import Foundation
import Historian
import Store

/// Recomputes the hashes of all chunks, and holds day files against the records that bind them.
struct DayFileCheck {
    let history: HistoryFolder
    let ledger: Ledger
    let times: ClosedRange<Int64>?
    /// Points by their durable numbers, as the state has them.
    let names: [Int64: String]

    func run(_ result: inout Verification) throws {
        let entries = history.entries() + unnamed()
        try checkPresence(entries)
        try checkCompacted(Set(entries.map(\.name)))
        for entry in entries {
            try entry.isOpen ? checkGrowing(entry, &result) : checkSealed(entry, &result)
        }
    }

    /// Sealed files on record that a process which ended did not give their final names.
    private func unnamed() -> [HistoryFolder.Entry] {
        ledger.days.compactMap { HistoryFolder.entry($0.body.file) }.filter { path($0).hasSuffix(".new") }
    }

    private func path(_ entry: HistoryFolder.Entry) -> String {
        let path = history.file(entry.name)
        let isUnnamed = !FileManager.default.fileExists(atPath: path)
        return isUnnamed && FileManager.default.fileExists(atPath: path + ".new") ? path + ".new" : path
    }

    /// Whether every file on record is there, and none besides.
    private func checkPresence(_ entries: [HistoryFolder.Entry]) throws {
        let present = Set(entries.map(\.name))
        for day in ledger.days where !day.body.file.isEmpty && !present.contains(day.body.file) {
            guard ledger.isPurged(day.body) else {
                throw EvidenceFault(
                    "\(history.file(day.body.file)) is missing: it was sealed with \(day.body.samples) samples")
            }
        }
        let sealed = Set(ledger.days.map(\.body.file))
        for entry in entries where !entry.isOpen && !sealed.contains(entry.name) {
            throw EvidenceFault("\(history.file(entry.name)) is on no record: it was put there")
        }
    }

    private func checkSealed(_ entry: HistoryFolder.Entry, _ result: inout Verification) throws {
        guard let record = ledger.days.last(where: { $0.body.file == entry.name })?.body else { return }
        guard try isAsked(entry) else { return }
        let file = try open(entry)
        var digests = ChainHasher()
        var chunks = 0
        var samples: Int64 = 0
        try file.forEachChunk { chunk in
            digests.add(raw: try ChunkCheck(file).digest(of: chunk))
            chunks += 1
            samples += Int64(chunk.chunk.count)
        }
        guard digests.digest.hexadecimal == record.digest, chunks == record.chunks, samples == record.samples else {
            throw EvidenceFault(
                "\(file.path) holds \(chunks) chunks with \(samples) samples that are not the \(record.chunks) with "
                    + "\(record.samples) it was sealed with: one was changed, removed, or put in between")
        }
        result.dayFiles += 1
        result.chunks += chunks
    }

    private func checkGrowing(_ entry: HistoryFolder.Entry, _ result: inout Verification) throws {
        let file = try open(entry)
        let sealed = Set(ledger.days.filter { $0.body.day == entry.day }.flatMap(\.body.compactions))
        for compaction in ledger.compactions {
            guard let day = compaction.body.days.first(where: { $0.file == entry.name }) else { continue }
            var digests = ChainHasher()
            var chunks = 0
            try file.forEachChunk(ofRows: compaction.body.first...compaction.body.last) { chunk in
                digests.add(raw: try ChunkCheck(file).digest(of: chunk))
                chunks += 1
            }
            if chunks == 0, sealed.contains(compaction.body.first) { continue }
            guard digests.digest.hexadecimal == day.digest, chunks == day.chunks else {
                throw EvidenceFault(
                    "\(file.path): the \(chunks) chunks of journal rows \(compaction.body.first) to "
                        + "\(compaction.body.last) are not the \(day.chunks) on record: one was changed, removed, or put in"
                )
            }
            result.chunks += chunks
        }
        try checkNothingBesides(file, entry, &result)
        result.dayFiles += 1
    }

    private func checkNothingBesides(
        _ file: DayFile, _ entry: HistoryFolder.Entry, _ result: inout Verification
    ) throws {
        let here = ledger.compactions.filter { $0.body.days.contains { $0.file == entry.name } }
        let known = Set(here.map { $0.body.first...$0.body.last })
        for rows in try file.rowRanges() where !known.contains(rows) {
            guard rows.upperBound > ledger.compactedThrough else {
                throw EvidenceFault(
                    "\(file.path): chunks of journal rows \(rows.lowerBound) to \(rows.upperBound) are on no record: "
                        + "they were put there")
            }
            result.remarks.append(
                "\(file.path) has chunks of journal rows \(rows.lowerBound) to \(rows.upperBound) whose compaction is "
                    + "not on record: queries leave them out, and the next compaction removes them")
        }
    }

    /// Opens a file, and looks whether it holds together and says what its name and the state say.
    private func open(_ entry: HistoryFolder.Entry) throws -> DayFile {
        let file = try DayFile(path: path(entry))
        try ChunkCheck(file).checkFile()
        let day = try file.day().description
        guard day == entry.day else {
            throw EvidenceFault("\(file.path) says it is of \(day): it was changed")
        }
        for (number, name) in try file.points() where names[number] != name {
            throw EvidenceFault(
                "\(file.path): point \(number) is \(name) there, and \(names[number] ?? "none") in the state: one of "
                    + "them was changed")
        }
        return file
    }

    private func isAsked(_ entry: HistoryFolder.Entry) throws -> Bool {
        guard let times else { return true }
        return history.entries(from: times.lowerBound, through: times.upperBound).contains { $0.day == entry.day }
    }
}

extension DayFileCheck {
    /// Presence of the growing files: each compaction's chunks lie in a growing file or were taken into a sealed one.
    private func checkCompacted(_ present: Set<String>) throws {
        for compaction in ledger.compactions {
            for day in compaction.body.days where !present.contains(day.file) {
                let name = String(day.file.prefix(10))
                let isSealed = ledger.days.contains { entry in
                    entry.body.day == name && entry.body.compactions.contains(compaction.body.first)
                }
                guard isSealed else {
                    throw EvidenceFault(
                        "\(history.file(day.file)) is missing: it held \(day.samples) samples of journal rows "
                            + "\(compaction.body.first) to \(compaction.body.last)")
                }
            }
        }
    }
}
