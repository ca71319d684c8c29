import Broker
import Escalation
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
        /// Tasks for a consumer, which waits until a moment of the monotonic clock if there are none.
        case claim(WaitingClaim)
        /// What a consumer says of tasks that it holds.
        case report(WaitingReport)
        /// How far a consumer of events has come. One without a reply takes the place of an older one of its name.
        case cursor(name: String, sequence: Int64, reply: (@Sendable (_ isCommitted: Bool) -> Void)?)
        case stop
    }

    /// The most requests that wait.
    static let bound = 1_024

    let wake = WakeUp()
    private let items = Mutex<[Item]>([])
    private let isClosed = Mutex(false)
    private let late = Mutex<[String: Int64]>([:])

    /// - Returns: false if the inbox is full, or closed.
    func put(_ item: Item) -> Bool {
        guard !isClosed.withLock({ $0 }) else {
            keepLate(item)
            return false
        }
        let isTaken = items.withLock { items in
            if let name = item.position {
                items.removeAll { $0.position == name }
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

    /// Has the pipeline take a turn, as something that it looks at has changed.
    func rouse() { wake.signal() }

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
        let left = takeAll()
        for item in left { keepLate(item) }
        return left
    }

    /// How far consumers came after the last commit: the feed and the webhooks end later than the pipeline.
    var lateCursors: [String: Int64] { late.withLock { $0 } }

    private func keepLate(_ item: Item) {
        if case .cursor(let name, let sequence, .none) = item { late.withLock { $0[name] = sequence } }
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
        case .claim(let waiting): waiting.reply(nil)
        case .report(let waiting): waiting.reply(nil)
        case .cursor(_, _, let reply): reply?(false)
        case .stop: break
        }
    }

    /// Whose cursor it moves without being asked how that went.
    fileprivate var position: String? {
        if case .cursor(let name, _, .none) = self { name } else { nil }
    }

    fileprivate var isLarge: Bool { if case .samples = self { true } else { false } }

    fileprivate var isStop: Bool { if case .stop = self { true } else { false } }
}
