import Foundation
import Historian
import Store

/// Recomputes what a chunk's hash covers.
struct ChunkCheck {
    private let file: DayFile

    init(_ file: DayFile) {
        self.file = file
    }

    /// Whether the file itself holds together, its indexes included: a chunk hidden from look-ups is as good as removed.
    func checkFile() throws {
        if let complaint = try file.integrityComplaint() {
            throw EvidenceFault("\(file.path): the file itself does not hold together: \(complaint)")
        }
    }

    func digest(of entry: DayFile.Entry) throws -> Data {
        let digest = entry.chunk.digest(pointName: entry.pointName, momentsDigest: entry.momentsDigest)
        guard digest == entry.digest else {
            throw EvidenceFault(
                "\(file.path): chunk \(entry.id) of \(entry.pointName), \(entry.chunk.count) samples from "
                    + "\(entry.chunk.first) to \(entry.chunk.last), does not have the hash kept with it: it was changed"
            )
        }
        return digest
    }
}
