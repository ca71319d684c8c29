import Evidence
import Foundation
import Store

/// The seals of a capsule, each signed by the trusted key or one it vouched for.
struct SealedStatements {
    let seals: [Seal]

    init(_ files: CapsuleFiles, trusted: PublicKey) throws {
        let keys = try SealedStatements.keys(files, trusted)
        seals = try files.lines("seals.jsonl").enumerated().map { place, line in
            let seal: Seal
            do {
                seal = try Seal(document: String(line))
            } catch {
                throw EvidenceFault("seals.jsonl, line \(place + 1): \(error)")
            }
            guard let key = keys[seal.key] else {
                throw EvidenceFault(
                    "seals.jsonl, line \(place + 1): signed by key \(seal.key), for which the given public key "
                        + "\(trusted.identifier) does not vouch")
            }
            guard key.isValid(seal.signature, over: seal.text) else {
                throw EvidenceFault("seals.jsonl, line \(place + 1): the signature of key \(seal.key) is not valid")
            }
            return seal
        }
    }

    /// The seal of a journal row.
    func seal(ofRow row: Int64) -> Seal? {
        seals.first { $0.statement.journalID == row }
    }

    /// The trusted key and those vouched for one upon the other from there on, by identifier.
    private static func keys(_ files: CapsuleFiles, _ trusted: PublicKey) throws -> [String: PublicKey] {
        var keys = [trusted.identifier: trusted]
        for line in try files.lines("proof/keys.jsonl") {
            guard let record = try? KeyRecord(body: String(line)), let bytes = Data(base64Encoded: record.publicKey),
                let key = PublicKey(bytes: bytes)
            else { throw EvidenceFault("proof/keys.jsonl holds what is no key record") }
            guard let previous = record.previous.flatMap({ keys[$0] }),
                let endorsement = record.endorsement.flatMap({ Data(base64Encoded: $0) }),
                previous.isValid(endorsement, over: record.publicKey)
            else { continue }
            keys[key.identifier] = key
        }
        return keys
    }
}
