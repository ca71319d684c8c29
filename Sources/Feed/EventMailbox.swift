import Synchronization

/// Hands committed events from the pipeline's thread to the feed's. What does not fit is dropped: it is in the store.
final class EventMailbox: Sendable {
    /// The most events that wait.
    private static let bound = 1_000

    struct Contents {
        var commits: [CommittedEvents] = []
        /// Whether events were dropped since the last look, so that the store has to be asked.
        var hasGap = false
    }

    private let contents = Mutex(Contents())

    func put(_ commit: CommittedEvents) {
        contents.withLock { contents in
            let waiting = contents.commits.reduce(commit.events.count) { $0 + $1.events.count }
            if waiting > EventMailbox.bound {
                contents = Contents(commits: [], hasGap: true)
            } else {
                contents.commits.append(commit)
            }
        }
    }

    func takeAll() -> Contents {
        contents.withLock { contents in
            defer { contents = Contents() }
            return contents
        }
    }
}
