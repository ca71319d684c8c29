import Evidence
import Foundation
import Historian
import Store

/// The chunks of a capsule, each among those that a statement binds.
struct CapsuleChunks {
    /// In the order they were recorded.
    private(set) var entries: [DayFile.Entry] = []

    init(_ files: CapsuleFiles, _ statements: CapsuleStatements) throws {
        let bound = try files.objects(ProofFile.self, "proof/files.jsonl")
        let hashes = try bound.map { try CapsuleChunks.hashes($0, statements) }
        var moments: [String: Moments] = [:]
        for line in try files.objects(ProofMoments.self, "proof/moments.jsonl") {
            guard line.moments.digest.hexadecimal == line.sha256 else {
                throw EvidenceFault("proof/moments.jsonl: moments \(line.sha256) do not have their hash")
            }
            moments[line.sha256] = line.moments
        }
        for chunk in try files.objects(ProofChunk.self, "proof/chunks.jsonl") {
            let name = "proof/chunks.jsonl: the chunk of \(chunk.point) from \(chunk.first) to \(chunk.last)"
            guard let times = moments[chunk.moments] else { throw EvidenceFault("\(name) has no moments") }
            let entry = chunk.entry(times)
            let digest = entry.chunk.digest(pointName: chunk.point, momentsDigest: entry.momentsDigest)
            guard digest.hexadecimal == chunk.sha256 else { throw EvidenceFault("\(name) does not have its hash") }
            guard bound.indices.contains(chunk.file), hashes[chunk.file].contains(chunk.sha256) else {
                throw EvidenceFault("\(name) is not among those on record")
            }
            entries.append(entry)
        }
    }

    /// The hashes that a statement binds.
    private static func hashes(_ file: ProofFile, _ statements: CapsuleStatements) throws -> Set<String> {
        guard let binding = statements.binding(file) else {
            throw EvidenceFault("proof/files.jsonl: record \(file.record) does not speak of \(file.file)")
        }
        guard let bytes = Data(hexadecimal: file.hashes), bytes.count == 32 * binding.chunks else {
            throw EvidenceFault("proof/files.jsonl: \(file.file) should have \(binding.chunks) chunks' hashes")
        }
        var hasher = ChainHasher()
        hasher.add(raw: bytes)
        guard hasher.digest.hexadecimal == binding.digest else {
            throw EvidenceFault("proof/files.jsonl: the chunks of \(file.file) are not those that were recorded")
        }
        let text = Array(file.hashes.utf8)
        return Set(
            stride(from: 0, to: text.count, by: 64).map { String(decoding: text[$0..<$0 + 64], as: UTF8.self) })
    }
}
