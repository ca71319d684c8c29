import Feed
import Synchronization

/// What the pipeline's thread lets others see of itself, behind a lock held for moments.
final class LaneFigures: Sendable {
    private let figures = Mutex(FeedFigures())

    var current: FeedFigures { figures.withLock { $0 } }

    func update(_ change: (inout FeedFigures) -> Void) {
        figures.withLock { change(&$0) }
    }
}
