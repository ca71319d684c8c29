package import Foundation
package import Store

/// A signed statement of how far the evidence chain reaches. What is signed are the very bytes of `text`, which is JSON:
/// `node`, `at` (RFC 3339), `journal_id` and `link` (the chain's head), `last_event`, `days` (files sealed since the seal
/// before, with their digests), `records` (SHA-256 over all chain records since then), `previous` (SHA-256 of the text of the seal before, or null). `schemas/evidence.md`.
package struct Seal: Sendable, Hashable {
    /// What a seal says.
    package struct Statement: Codable, Sendable, Hashable {
        package var node: String
        package var at: String
        package var journalID: Int64
        package var link: String
        package var lastEvent: Int64
        package var days: [String: String]
        /// Over kind and body of each chain record that came after the seal before, so that one signature vouches for
        /// what a compaction recorded after the journal rows in between are gone. Nil in seals of the first form.
        package var records: String?
        package var previous: String?

        enum CodingKeys: String, CodingKey {
            case node
            case at
            case journalID = "journal_id"
            case link
            case lastEvent = "last_event"
            case days
            case records
            case previous
        }
    }

    private struct Document: Codable {
        var seal: String
        var key: String
        var signature: String
    }

    package let text: String
    /// The signing key's identifier.
    package let key: String
    package let signature: Data
    package let statement: Statement

    /// Signs what is to be vouched for.
    /// - Parameter at: RFC 3339.
    package init(_ basis: SealBasis, node: String, at: String, key: SigningKey) throws {
        let statement = Statement(
            node: node, at: at, journalID: basis.journalID, link: basis.link.hexadecimal, lastEvent: basis.lastEvent,
            days: basis.days, records: basis.records, previous: try basis.previous.map { try Seal(document: $0).digest }
        )
        text = try Seal.json(statement)
        self.key = key.publicKey.identifier
        signature = try key.signature(over: text)
        self.statement = statement
    }

    /// Reads a seal as it is published and kept.
    package init(document: String) throws(EvidenceError) {
        do {
            let document = try JSONDecoder().decode(Document.self, from: Data(document.utf8))
            text = document.seal
            key = document.key
            guard let signature = Data(base64Encoded: document.signature) else {
                throw EvidenceError("its signature is not base64")
            }
            self.signature = signature
            statement = try JSONDecoder().decode(Statement.self, from: Data(document.seal.utf8))
        } catch {
            throw EvidenceError(
                "this is no seal (\(error)); valid: what hazard/v1/nodes/NODE/seal carries, or `hazardctl seal` prints")
        }
    }

    /// The form in which it is published and kept.
    package var document: String {
        get throws {
            try Seal.json(Document(seal: text, key: key, signature: signature.base64EncodedString()))
        }
    }

    /// By which the next seal names this one.
    package var digest: String {
        var hasher = ChainHasher()
        hasher.add(text)
        return hasher.digest.hexadecimal
    }

    private static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
