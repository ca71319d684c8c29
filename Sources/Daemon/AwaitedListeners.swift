import Synchronization

/// Which of the node's listeners neither listen nor have failed to. Until there are none the node does not call itself ready:
/// who waited for that goes on to ask it something. Safe on any thread.
final class AwaitedListeners: Sendable {
    enum Listener: Sendable {
        case control
        case web
    }

    private let left: Mutex<Set<Listener>>
    private let whenNoneIsLeft: @Sendable () -> Void

    init(_ listeners: Set<Listener>, whenNoneIsLeft: @escaping @Sendable () -> Void) {
        left = Mutex(listeners)
        self.whenNoneIsLeft = whenNoneIsLeft
    }

    var isEmpty: Bool { left.withLock { $0.isEmpty } }

    /// Takes note that one listens, or never will; what is said again of it changes nothing.
    func settle(_ listener: Listener) {
        let isLast = left.withLock { $0.remove(listener) != nil && $0.isEmpty }
        if isLast { whenNoneIsLeft() }
    }
}
