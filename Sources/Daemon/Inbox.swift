import Broker
import Pipeline
import Registry
import Synchronization

/// What other threads ask of the pipeline's: bounded, and refused when full, so that whoever asks knows at once.
final class Inbox: Sendable {
    /// One request; `reply` is called once, after the commit, or with nil if there was none.
    enum Item: Sendable {
        case command(OperatorCommand, reply: @Sendable (OperatorCommand.Outcome?) -> Void)
        case reload(Configuration, reply: @Sendable (String?) -> Void)
        case feedCursor(Int64)
        case stop
    }

    /// The most requests that wait.
    static let bound = 1_024

    let wake = WakeUp()
    private let items = Mutex<[Item]>([])

    /// - Returns: false if the inbox is full.
    func put(_ item: Item) -> Bool {
        let isTaken = items.withLock { items in
            if case .feedCursor = item {
                items.removeAll { if case .feedCursor = $0 { true } else { false } }
            } else if items.count >= Inbox.bound, !item.isStop {
                return false
            }
            items.append(item)
            return true
        }
        if isTaken { wake.signal() }
        return isTaken
    }

    func takeAll() -> [Item] {
        wake.drain()
        return items.withLock { items in
            defer { items = [] }
            return items
        }
    }
}

extension Inbox.Item {
    fileprivate var isStop: Bool { if case .stop = self { true } else { false } }
}
