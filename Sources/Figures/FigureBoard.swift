import Synchronization

/// Where the daemon's threads put up their figures and others read them, behind a lock held for moments.
package final class FigureBoard: Sendable {
    private let figures: Mutex<NodeFigures>

    package init(startedAt monotonic: Int64) {
        figures = Mutex(NodeFigures(lastTurn: monotonic))
    }

    package var current: NodeFigures { figures.withLock { $0 } }

    package func update(_ change: (inout NodeFigures) -> Void) {
        figures.withLock { change(&$0) }
    }
}
