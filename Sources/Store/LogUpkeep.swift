/// When the write-ahead log is moved into the database file, as its writer sees it.
///
/// SQLite begins the log anew with the first commit that finds all of it moved, and no reader in it. While bursts are committed
/// one after the other, a pass beside them leaves what came meanwhile, which is less from pass to pass; if a few passes did not
/// get to the end, the writer moves the little that is left. Where that is not little, commits are faster than the disk: the
/// log is left to grow, up to its bound.
struct LogUpkeep {
    /// Pages that make a pass worth its while, 16 MiB. A short log is written over again and again, which costs a disk less than
    /// a file that grows.
    private static let step = 4_096
    /// The same while nothing is committed, and of a log that was moved but could not begin anew, 1 MiB.
    private static let smallStep = 256
    /// Pages at which the writer waits for the pass, 64 MiB.
    private static let bound = 16_384
    /// Passes beside commits, one after the other.
    private static let mostPasses = 6
    /// Pages left by these that the writer moves, 1 MiB.
    private static let leastLeft = 256

    /// Pages of the log that are in the database file.
    private(set) var moved = 0
    /// Passes since the log last was worth one.
    private var passes = 0
    /// Passes since the start.
    private(set) var total: Int64 = 0
    /// Pages below which no further pass is begun, as the last ones were held up, failed or did not keep up.
    private var restingUntil = 0
    /// Pages from which on the writer waits: the bound, or more than a reader held up.
    private var fullAt = LogUpkeep.bound

    /// Whether the log is long enough for a first pass.
    mutating func isDue(_ pages: Int, isIdle: Bool) -> Bool {
        if pages < moved { beginAnew() }
        let least = isIdle || moved > 0 ? LogUpkeep.smallStep : LogUpkeep.step
        return pages >= restingUntil && pages - moved >= least
    }

    /// Whether the writer has to wait until the log is shorter.
    func isFull(_ pages: Int) -> Bool { pages >= fullAt }

    /// Whether passes beside commits have had their try.
    var isTried: Bool { passes >= LogUpkeep.mostPasses }

    /// Whether what is left is for the writer itself to move.
    func isForWriter(_ pages: Int) -> Bool { isFull(pages) || (isTried && pages - moved <= LogUpkeep.leastLeft) }

    mutating func began() {
        passes += 1
        total += 1
    }

    /// Takes note of what a pass came to.
    /// - Parameter pages: how long the log is now.
    /// - Returns: whether some of the log is left that another pass could move.
    mutating func ended(_ pass: Checkpointer.Pass, _ pages: Int) -> Bool {
        let isStuck = pass.isHeldUp && pass.moved <= moved
        moved = pass.moved
        if pages < moved {
            beginAnew()
        } else if isStuck {
            rest(pages)
        } else if moved < pages {
            return true
        }
        passes = 0
        return false
    }

    /// A log that is shorter than what was moved of it is another one.
    private mutating func beginAnew() {
        moved = 0
        restingUntil = 0
        fullAt = LogUpkeep.bound
    }

    /// Leaves alone a log that a pass can do nothing for, until it is longer by a step; waiting for it would be in vain.
    mutating func rest(_ pages: Int) {
        passes = 0
        restingUntil = pages + LogUpkeep.step
        fullAt = pages + LogUpkeep.bound
    }

    /// Leaves alone for a step a log that grows faster than passes move it.
    mutating func pause(_ pages: Int) {
        passes = 0
        restingUntil = min(pages + LogUpkeep.step, fullAt)
    }
}
