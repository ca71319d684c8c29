/// Gathers faults and notices while files are read, so that one run reports all of them.
///
/// A reference type on purpose: every reader of one load writes into the same log, or into one of its own that is then
/// taken over. It stays within the one call that loads a configuration, and one thread at a time has it.
package final class FaultLog {
    /// Beyond this many faults reading stops: the rest is noise until these are corrected.
    package static let limit = 1_000

    private var faults: [Fault] = []
    private var gatheredNotices: [Fault] = []
    /// In how many files each notice was met, by its message.
    private var noted: [String: Set<String>] = [:]

    package init() {}

    package var count: Int { faults.count }
    package var isFull: Bool { faults.count >= FaultLog.limit }
    package var notices: [Fault] {
        FaultLog.ordered(gatheredNotices).map { notice in
            let others = (noted[notice.message]?.count ?? 1) - 1
            guard others > 0 else { return notice }
            let place = others == 1 ? "in one more file" : "in \(others) more files"
            return Fault(file: notice.file, line: notice.line, message: "\(notice.message) (and \(place))")
        }
    }

    package func add(_ fault: Fault) {
        if !isFull {
            faults.append(fault)
        }
    }

    /// Keeps something that is accepted, but that the operator should know: where it was first met, and in how many
    /// files besides.
    package func note(_ notice: Fault) {
        if noted[notice.message] == nil, gatheredNotices.count < FaultLog.limit { gatheredNotices.append(notice) }
        noted[notice.message, default: []].insert(notice.file)
    }

    /// Takes over what another log has gathered.
    package func add(_ other: FaultLog) {
        for fault in other.faults { add(fault) }
        for notice in other.gatheredNotices { note(notice) }
        noted.merge(other.noted) { $0.union($1) }
    }

    /// Throws all faults gathered so far, if there are any.
    package func rejectIfFaulty() throws(ConfigurationRejected) {
        guard let last = faults.last else { return }
        var listed = FaultLog.ordered(faults)
        if isFull {
            let message =
                "checking stopped after \(FaultLog.limit) faults; correct these, then check again for the rest"
            listed.append(Fault(file: last.file, line: nil, message: message))
        }
        throw ConfigurationRejected(faults: listed)
    }

    /// By file in the order first met, then by line; equal lines keep the order they were found in.
    private static func ordered(_ faults: [Fault]) -> [Fault] {
        var ranks: [String: Int] = [:]
        for fault in faults where ranks[fault.file] == nil {
            ranks[fault.file] = ranks.count
        }
        let sorted = faults.enumerated().sorted { left, right in
            let before = (ranks[left.element.file] ?? 0, left.element.line ?? 0, left.offset)
            let after = (ranks[right.element.file] ?? 0, right.element.line ?? 0, right.offset)
            return before < after
        }
        return sorted.map(\.element)
    }
}
