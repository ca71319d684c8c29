import Glibc
import Synchronization

/// The names in the folder of day files, read again only when the folder has changed. Safe on any thread.
final class HistoryListing: Sendable {
    private struct State {
        /// When the folder was changed last, in nanoseconds of the file system's clock.
        var changed: Int64 = .min
        var entries: [HistoryFolder.Entry] = []
    }

    /// The file system's clock ticks in steps of some milliseconds: of a change so fresh another may follow unseen.
    private static let tick: Int64 = 100_000_000
    private let state = Mutex(State())

    func entries(_ folder: HistoryFolder) -> [HistoryFolder.Entry] {
        let changed = HistoryListing.changed(folder.path)
        let known = state.withLock { $0.changed == changed ? $0.entries : nil }
        if let known { return known }
        let entries = folder.entries()
        var now = timespec()
        _ = unsafe clock_gettime(CLOCK_REALTIME, &now)
        if let changed, Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec) - changed > HistoryListing.tick {
            state.withLock { $0 = State(changed: changed, entries: entries) }
        }
        return entries
    }

    private static func changed(_ path: String) -> Int64? {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        return Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
    }
}
