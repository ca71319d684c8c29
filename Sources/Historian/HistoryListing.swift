import Glibc
import Synchronization

/// The names in the folder of day files, read again only when the folder has changed. Safe on any thread.
final class HistoryListing: Sendable {
    /// What the folder held when it was read.
    struct Reading {
        /// Another with every reading: while it stays the same no name was added, removed or given to another file.
        var number: UInt64 = 0
        var entries: [HistoryFolder.Entry] = []
    }

    private struct State {
        /// When the folder was changed last, in nanoseconds of the file system's clock.
        var changed: Int64 = .min
        var reading = Reading()
        /// Readings so far.
        var count: UInt64 = 0
    }

    /// The file system's clock ticks in steps of some milliseconds: of a change so fresh another may follow unseen.
    private static let tick: Int64 = 100_000_000
    private let state = Mutex(State())

    func reading(_ folder: HistoryFolder) -> Reading {
        let changed = HistoryListing.changed(folder.path)
        let known = state.withLock { $0.changed == changed ? $0.reading : nil }
        if let known { return known }
        let number = state.withLock { state in
            state.count += 1
            return state.count
        }
        let reading = Reading(number: number, entries: folder.entries())
        var now = timespec()
        _ = unsafe clock_gettime(CLOCK_REALTIME, &now)
        if let changed, Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec) - changed > HistoryListing.tick {
            state.withLock { state in
                state.changed = changed
                state.reading = reading
            }
        }
        return reading
    }

    private static func changed(_ path: String) -> Int64? {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        // Of inode changes, which nobody puts back as a copying program does with the time of the last write.
        return Int64(status.st_ctim.tv_sec) * 1_000_000_000 + Int64(status.st_ctim.tv_nsec)
    }
}
