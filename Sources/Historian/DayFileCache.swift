import Glibc
import Synchronization

/// Day files that were read last, kept open; the one not asked for longest goes first. Safe on any thread.
final class DayFileCache: Sendable {
    private struct Slot {
        let path: String
        let inode: ino_t
        let file: DayFile
        var used: UInt64
    }

    private struct State {
        var slots: [Slot] = []
        var clock: UInt64 = 0
    }

    /// The most files held open.
    private static let bound = 48
    private let state = Mutex(State())

    /// The file of this path as it is now: one that was replaced under its name is opened anew.
    func file(_ path: String, isSealed: Bool) throws(HistoryError) -> DayFile {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            throw HistoryError(.failed, "\(path) is gone; it was sealed or removed a moment ago")
        }
        let inode = status.st_ino
        let known: DayFile? = state.withLock { state in
            state.clock += 1
            guard let place = state.slots.firstIndex(where: { $0.path == path && $0.inode == inode }) else {
                return nil
            }
            state.slots[place].used = state.clock
            return state.slots[place].file
        }
        if let known { return known }
        let file = try DayFile(path: path, isSealed: isSealed)
        state.withLock { state in
            state.slots.removeAll { $0.path == path }
            if state.slots.count >= DayFileCache.bound,
                let oldest = state.slots.indices.min(by: { state.slots[$0].used < state.slots[$1].used })
            {
                state.slots.remove(at: oldest)
            }
            state.slots.append(Slot(path: path, inode: inode, file: file, used: state.clock))
        }
        return file
    }
}
