import Synchronization

/// Faults made on purpose, so that tests see what follows from real ones: `HAZARDD_FAULTS="commit=20,drop=30"`
/// has every 20th commit fail and the ingest connection dropped after reading every 30th burst, before its commit;
/// `stall=5` has the pipeline's thread stand still for ever after the 5th. Without the variable nothing happens.
package final class FaultPlan: Sendable {
    package static let variable = "HAZARDD_FAULTS"

    private struct Counters {
        var commits = 0
        var bursts = 0
        var burstsToStall = 0
    }

    private let commitEvery: Int?
    private let dropEvery: Int?
    private let stallAfter: Int?
    private let counters = Mutex(Counters())

    package init(_ text: String?) {
        var numbers: [Substring: Int] = [:]
        for part in (text ?? "").split(separator: ",") {
            let pair = part.split(separator: "=")
            if pair.count == 2, let number = Int(pair[1]), number > 0 { numbers[pair[0]] = number }
        }
        commitEvery = numbers["commit"]
        dropEvery = numbers["drop"]
        stallAfter = numbers["stall"]
    }

    var isActive: Bool { commitEvery != nil || dropEvery != nil || stallAfter != nil }

    /// Why this commit is to fail, if it is.
    func nextCommitFault() -> String? {
        guard let commitEvery else { return nil }
        let count = counters.withLock { counters in
            counters.commits += 1
            return counters.commits
        }
        return count % commitEvery == 0 ? "a fault made on purpose by \(FaultPlan.variable)" : nil
    }

    /// Whether the connection is to be dropped after this burst was read.
    func dropsBurst() -> Bool {
        guard let dropEvery else { return false }
        let count = counters.withLock { counters in
            counters.bursts += 1
            return counters.bursts
        }
        return count % dropEvery == 0
    }

    /// Whether the pipeline is to stand still from here on.
    func stalls() -> Bool {
        guard let stallAfter else { return false }
        return counters.withLock { counters in
            counters.burstsToStall += 1
            return counters.burstsToStall == stallAfter
        }
    }
}
