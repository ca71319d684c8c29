import Glibc
import Synchronization

/// Day files that were read last, kept open; the one not asked for longest goes first. Safe on any thread.
final class DayFileCache: Sendable {
    private struct Slot {
        let path: String
        let inode: ino_t
        let file: DayFile
        /// The last reading of the folder after which the file was looked at.
        var reading: UInt64
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
    /// - Parameter reading: the number of the folder's reading that the path is from.
    func file(_ path: String, isSealed: Bool, reading: UInt64) throws(HistoryError) -> DayFile {
        if let known = known(path, reading, inode: nil) { return known }
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            throw HistoryError(.failed, "\(path) is gone; it was sealed or removed a moment ago")
        }
        let inode = status.st_ino
        if let known = known(path, reading, inode: inode) { return known }
        let file = try DayFile(path: path, isSealed: isSealed)
        state.withLock { state in
            state.slots.removeAll { $0.path == path }
            if state.slots.count >= DayFileCache.bound,
                let oldest = state.slots.indices.min(by: { state.slots[$0].used < state.slots[$1].used })
            {
                state.slots.remove(at: oldest)
            }
            state.slots.append(Slot(path: path, inode: inode, file: file, reading: reading, used: state.clock))
        }
        return file
    }

    /// The file held open under this path, if the folder is as it was when it was looked at last, or it is still the one
    /// of this inode.
    private func known(_ path: String, _ reading: UInt64, inode: ino_t?) -> DayFile? {
        state.withLock { state in
            state.clock += 1
            guard let place = state.slots.firstIndex(where: { $0.path == path }),
                state.slots[place].reading == reading || state.slots[place].inode == inode
            else { return nil }
            state.slots[place].reading = reading
            state.slots[place].used = state.clock
            return state.slots[place].file
        }
    }
}
