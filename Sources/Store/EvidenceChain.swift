import Crypto
import Foundation

/// The hash chain over all bursts: each link is the SHA-256 of the link before it, the burst's block, its
/// events and its operator actions, each part preceded by its length as eight bytes, little-endian
/// (`schemas/state.md`).
struct EvidenceChain {
    /// The last link; 32 zero bytes before the first.
    private(set) var head: Data

    static let origin = Data(count: 32)

    init(head: Data?) {
        self.head = head ?? EvidenceChain.origin
    }

    /// What the next link will be; the chain itself moves on with `adopt`, after the commit.
    func link(block: [UInt8], events: [String], actions: [String]) -> Data {
        var hasher = SHA256()
        hasher.update(data: head)
        EvidenceChain.add(block, to: &hasher)
        for event in events { EvidenceChain.add(Array(event.utf8), to: &hasher) }
        for action in actions { EvidenceChain.add(Array(action.utf8), to: &hasher) }
        return Data(hasher.finalize())
    }

    mutating func adopt(_ link: Data) {
        head = link
    }

    private static func add(_ bytes: [UInt8], to hasher: inout SHA256) {
        var length = UInt64(bytes.count).littleEndian
        unsafe withUnsafeBytes(of: &length) { unsafe hasher.update(bufferPointer: $0) }
        unsafe bytes.withUnsafeBytes { unsafe hasher.update(bufferPointer: $0) }
    }
}
