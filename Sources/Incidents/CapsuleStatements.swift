import Evidence
import Foundation
import Store

/// The node's statements about its own record, each signed along with its neighbours by a seal.
struct CapsuleStatements {
    let compactions: [CompactionRecord]
    private let byID: [Int64: ProofRecord]

    init(_ files: CapsuleFiles, _ index: ProofIndex, _ sealed: SealedStatements) throws {
        let records = try files.objects(ProofRecord.self, "proof/records.jsonl")
        for (seal, group) in Dictionary(grouping: records, by: \.seal).sorted(by: { ($0.key ?? -1) < ($1.key ?? -1) }) {
            guard let seal else {
                guard index.open != nil else {
                    throw EvidenceFault("proof/records.jsonl: record \(group[0].id) is signed by no seal")
                }
                continue
            }
            guard sealed.seals.indices.contains(seal) else {
                throw EvidenceFault("proof/records.jsonl: record \(group[0].id) names a seal that is not there")
            }
            var hasher = ChainHasher()
            for record in group {
                hasher.add(record.kind)
                hasher.add(record.body)
            }
            guard sealed.seals[seal].statement.records == hasher.digest.hexadecimal else {
                throw EvidenceFault(
                    "proof/records.jsonl: records \(group.map { String($0.id) }.joined(separator: ", ")) are not those that "
                        + "the seal of \(sealed.seals[seal].statement.at) signed")
            }
        }
        byID = Dictionary(records.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let byID = byID
        compactions = try index.compactions.map { id in
            guard let record = byID[id], record.kind == ChainRecord.Kind.compaction.rawValue,
                let body = try? CompactionRecord(body: record.body)
            else { throw EvidenceFault("proof/records.jsonl: record \(id), a compaction, is missing") }
            return body
        }.sorted { $0.first < $1.first }
    }

    /// The digest and number of a day file's chunks, as a record binds them.
    func binding(_ file: ProofFile) -> (digest: String, chunks: Int, rows: ClosedRange<Int64>?)? {
        guard let record = byID[file.record] else { return nil }
        if record.kind == ChainRecord.Kind.day.rawValue, let body = try? DayRecord(body: record.body) {
            return body.file == file.file ? (body.digest, body.chunks, nil) : nil
        }
        guard record.kind == ChainRecord.Kind.compaction.rawValue,
            let body = try? CompactionRecord(body: record.body),
            let day = body.days.first(where: { $0.file == file.file })
        else { return nil }
        return (day.digest, day.chunks, body.first...max(body.first, body.last))
    }
}
