import Crypto
import Foundation

/// The hash chain over all bursts. A link is the SHA-256 of: the link before it; the burst's block; the number of its
/// events and each event's body; the number of its operator actions and each action's fields; and, only where there
/// are any, the number of its chain records and each record's kind and body. Every text or block is preceded by its
/// length, and every number is eight bytes, little-endian (`schemas/evidence.md`).
struct EvidenceChain {
    /// The last link; 32 zero bytes before the first.
    private(set) var head: Data

    static let origin = Data(count: 32)

    init(head: Data?) {
        self.head = head ?? EvidenceChain.origin
    }

    /// What the next link will be; the chain itself moves on with `adopt`, after the commit.
    func link(block: [UInt8], events: [String], actions: [[String]], records: [ChainRecord] = []) -> Data {
        var link = ChainHasher()
        link.add(raw: head)
        link.add(block)
        link.add(number: events.count)
        for event in events { link.add(event) }
        link.add(number: actions.count)
        for field in actions.joined() { link.add(field) }
        if !records.isEmpty {
            link.add(number: records.count)
            for record in records {
                link.add(record.kind.rawValue)
                link.add(record.body)
            }
        }
        return link.digest
    }

    mutating func adopt(_ link: Data) {
        head = link
    }
}
