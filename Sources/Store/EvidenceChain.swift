import Crypto
import Foundation

/// The hash chain over all bursts. A link is the SHA-256 of: the link before it; the burst's block; the number of its
/// events and each event's body; the number of its operator actions and each action's fields. Every text or block is
/// preceded by its length, and every number is eight bytes, little-endian (`schemas/state.md`).
struct EvidenceChain {
    /// The last link; 32 zero bytes before the first.
    private(set) var head: Data

    static let origin = Data(count: 32)

    init(head: Data?) {
        self.head = head ?? EvidenceChain.origin
    }

    /// What the next link will be; the chain itself moves on with `adopt`, after the commit.
    func link(block: [UInt8], events: [String], actions: [[String]]) -> Data {
        var hasher = SHA256()
        hasher.update(data: head)
        EvidenceChain.add(block, to: &hasher)
        EvidenceChain.add(events.count, to: &hasher)
        for event in events { EvidenceChain.add(Array(event.utf8), to: &hasher) }
        EvidenceChain.add(actions.count, to: &hasher)
        for field in actions.joined() { EvidenceChain.add(Array(field.utf8), to: &hasher) }
        return Data(hasher.finalize())
    }

    mutating func adopt(_ link: Data) {
        head = link
    }

    private static func add(_ bytes: [UInt8], to hasher: inout SHA256) {
        add(bytes.count, to: &hasher)
        unsafe bytes.withUnsafeBytes { unsafe hasher.update(bufferPointer: $0) }
    }

    private static func add(_ number: Int, to hasher: inout SHA256) {
        var number = UInt64(number).littleEndian
        unsafe withUnsafeBytes(of: &number) { unsafe hasher.update(bufferPointer: $0) }
    }
}
