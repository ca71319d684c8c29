import Feed
import Synchronization
import Telemetry

/// What the pipeline's thread lets others see of itself, behind a lock held for moments.
final class LaneFigures: Sendable {
    private let figures = Mutex(FeedFigures(lastTurn: SystemClock.now().monotonic))

    var current: FeedFigures { figures.withLock { $0 } }

    func update(_ change: (inout FeedFigures) -> Void) {
        figures.withLock { change(&$0) }
    }
}
