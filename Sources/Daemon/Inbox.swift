import Broker
import OperatorAPI
import Pipeline
import Registry
import Store
import Synchronization

/// What other threads ask of the pipeline's: bounded, and refused when full, so that whoever asks knows at once.
final class Inbox: Sendable {
    /// One request; `reply` is called once, after the commit, or with nil if there was none.
    enum Item: Sendable {
        case command(OperatorCommand, reply: @Sendable (OperatorCommand.Outcome?) -> Void)
        case reload(Configuration, ConfigurationDraft?, reply: @Sendable (ReloadAnswer) -> Void)
        /// Records to be put into the chain.
        case records([ChainRecord], reply: @Sendable (_ isCommitted: Bool) -> Void)
        /// Everything committed so far is to be covered by the snapshot.
        case snapshot(reply: @Sendable (_ isDone: Bool) -> Void)
        /// Samples recorded elsewhere, to be put on record.
        case samples(SampleBatch, reply: @Sendable (ImportOutcome?) -> Void)
        case feedCursor(Int64)
        case stop
    }

    /// The most requests that wait.
    static let bound = 1_024

    let wake = WakeUp()
    private let items = Mutex<[Item]>([])
    private let isClosed = Mutex(false)

    /// - Returns: false if the inbox is full, or closed.
    func put(_ item: Item) -> Bool {
        guard !isClosed.withLock({ $0 }) else { return false }
        let isTaken = items.withLock { items in
            if case .feedCursor = item {
                items.removeAll { if case .feedCursor = $0 { true } else { false } }
            } else if item.isLarge, items.count(where: \.isLarge) >= Inbox.sampleBound {
                return false
            } else if items.count >= Inbox.bound, !item.isStop {
                return false
            }
            items.append(item)
            return true
        }
        if isTaken { wake.signal() }
        return isTaken
    }

    /// Requests that wait.
    var depth: Int { items.withLock { $0.count } }

    func takeAll() -> [Item] {
        wake.drain()
        return items.withLock { items in
            defer { items = [] }
            return items
        }
    }
}

extension Inbox {
    /// Takes nothing further; what is left is the caller's to refuse.
    func close() -> [Item] {
        isClosed.withLock { $0 = true }
        return takeAll()
    }
}

extension Inbox.Item {
    /// Answers that nothing was done.
    func refuse() {
        switch self {
        case .command(_, let reply): reply(nil)
        case .reload(_, _, let reply): reply(.failed("the store takes no commits at the moment; try again"))
        case .records(_, let reply), .snapshot(let reply): reply(false)
        case .samples(_, let reply): reply(nil)
        case .feedCursor, .stop: break
        }
    }

    fileprivate var isLarge: Bool { if case .samples = self { true } else { false } }

    fileprivate var isStop: Bool { if case .stop = self { true } else { false } }
}
