package import Store
import Telemetry

/// Signs the chain's head and keeps the seal. Used by the thread that owns the state.
package final class Sealer {
    private let store: StateDatabase
    private let node: String
    private let folder: KeyFolder
    private var ring: KeyRing

    /// Takes the node's key, or makes one.
    package init(_ store: StateDatabase, node: String) throws {
        self.store = store
        self.node = node
        folder = KeyFolder(store.folder)
        ring = try KeyRing(folder, known: try store.reader.records(.key))
    }

    /// The record that introduces a new key; to be committed before anything is sealed with it.
    package var introduction: ChainRecord? { ring.introduction }

    /// The public half of the key that signs now.
    package var publicKey: PublicKey { ring.key.publicKey }

    /// Makes another key the signing one; its record is to be committed before the next seal.
    package func rotate() throws -> ChainRecord? {
        ring = try ring.rotated(folder)
        return ring.introduction
    }

    /// Seals what was recorded since the last seal.
    /// - Returns: false if nothing was.
    @discardableResult
    package func seal(at now: Int64) throws -> Bool {
        guard let basis = try store.sealBasis() else { return false }
        let seal = try Seal(basis, node: node, at: TimestampText.utc(now), key: ring.key)
        try store.add(seal: try seal.document, key: seal.key, basis: basis, at: now)
        return true
    }
}
