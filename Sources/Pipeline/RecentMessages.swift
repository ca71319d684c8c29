/// The last 65,536 messages that carried a sequence number but no time, by hash, so that one delivered
/// twice is recognised.
struct RecentMessages {
    static let capacity = 65_536

    private var order: [UInt64] = []
    private var next = 0
    private var known: Set<UInt64> = []

    /// Oldest first.
    var all: [UInt64] { Array(order[next...] + order[..<next]) }

    func contains(_ hash: UInt64) -> Bool { known.contains(hash) }

    mutating func insert(_ hash: UInt64) {
        guard known.insert(hash).inserted else { return }
        if order.count < RecentMessages.capacity {
            order.append(hash)
            return
        }
        known.remove(order[next])
        order[next] = hash
        next = (next + 1) % RecentMessages.capacity
    }
}
