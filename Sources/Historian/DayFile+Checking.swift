import Store

extension DayFile {
    /// What is found of one compaction.
    private struct Found {
        var chunks = 0
        var digests = ChainHasher()
    }

    /// Holds a growing file's chunks against the compactions that wrote them.
    /// - Parameter taken: the first rows of compactions whose chunks of this day went into a file sealed before.
    /// - Throws: a `HistoryError` of kind `damaged` for the first that is not as it was written.
    func checkChunks(of compactions: [CompactionRecord], taken: Set<Int64>) throws {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let through = compactions.last?.last ?? 0
        var found: [ClosedRange<Int64>: Found] = [:]
        try forEachChunk { entry in
            let digest = entry.chunk.digest(pointName: entry.pointName, momentsDigest: entry.moments.digest)
            guard digest == entry.digest else { throw changed("chunk \(entry.id) of \(entry.pointName) was changed") }
            found[entry.chunk.rows, default: Found()].chunks += 1
            found[entry.chunk.rows]?.digests.add(raw: digest)
        }
        for compaction in compactions {
            guard let day = compaction.days.first(where: { $0.file == name }) else { continue }
            let part = found.removeValue(forKey: compaction.first...compaction.last) ?? Found()
            if part.chunks == 0, taken.contains(compaction.first) { continue }
            guard part.chunks == day.chunks, part.digests.digest.hexadecimal == day.digest else {
                throw changed(
                    "its chunks of journal rows \(compaction.first) to \(compaction.last) are not those on record")
            }
        }
        // Those of a compaction that never came to be on record are taken out before sealing.
        if let rows = found.keys.first(where: { $0.upperBound <= through }) {
            throw changed("chunks of journal rows \(rows.lowerBound) to \(rows.upperBound) are on no record")
        }
    }

    private func changed(_ what: String) -> HistoryError {
        HistoryError(.damaged, "\(path): \(what); the day is not sealed, see hazardctl verify")
    }
}
