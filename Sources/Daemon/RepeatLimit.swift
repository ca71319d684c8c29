import Synchronization

/// Keeps one trouble from filling the log: of each identifier, so many lines a minute are let through, the rest is
/// counted and summed up with the first line after.
package final class RepeatLimit: Sendable {
    /// Lines of one identifier in a minute.
    package static let most = 10
    private static let window: Int64 = 60_000
    /// Identifiers told apart; they are written in the code, so that there are few.
    private static let bound = 256

    private struct Entry {
        var began: Int64
        var admitted = 0
        var heldBack = 0
    }

    package init() {}

    private let entries = Mutex<[Substring: Entry]>([:])

    /// Whether a line may be written now, and how many of its kind were not since the last one that was.
    package func admit(_ identifier: Substring, at monotonic: Int64) -> (isAdmitted: Bool, heldBack: Int) {
        entries.withLock { entries in
            guard var entry = entries[identifier] else {
                if entries.count < RepeatLimit.bound { entries[identifier] = Entry(began: monotonic, admitted: 1) }
                return (true, 0)
            }
            defer { entries[identifier] = entry }
            if monotonic - entry.began >= RepeatLimit.window {
                let heldBack = entry.heldBack
                entry = Entry(began: monotonic, admitted: 1)
                return (true, heldBack)
            }
            guard entry.admitted < RepeatLimit.most else {
                entry.heldBack += 1
                return (false, 0)
            }
            entry.admitted += 1
            return (true, 0)
        }
    }
}
