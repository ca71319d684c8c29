import GRDB
import Synchronization

/// Moves what the write-ahead log holds into the database file while bursts go on being committed to it: SQLite lets a
/// writer and a checkpoint work side by side, each on a connection of its own, and a pipeline that checkpointed by itself
/// would stand still for as long as the disk takes for the pages of thousands of bursts.
final class Checkpointer: Sendable {
    /// What one pass came to.
    struct Pass {
        /// Pages that the log had when it began.
        let seen: Int
        /// Pages of the log that are in the database file now.
        let moved: Int

        /// Whether a reader still needs the database as it was, so that not everything may be moved.
        var isHeldUp: Bool { moved < seen }
    }

    enum Outcome {
        case passed(Pass)
        /// Another program was at it.
        case busy
    }

    private enum State {
        case idle
        case running
        case finished(Result<Outcome, any Error>)
    }

    private let connection: DatabaseQueue
    private let state = Mutex(State.idle)

    init(path: String, _ configuration: GRDB.Configuration) throws {
        connection = try DatabaseQueue(path: path, configuration: configuration)
    }

    var isRunning: Bool { state.withLock { if case .running = $0 { true } else { false } } }

    /// Begins a pass on a thread of its own; none may be running.
    func begin() {
        state.withLock { $0 = .running }
        connection.asyncWriteWithoutTransaction { db in
            let result = Result { try Checkpointer.pass(db) }
            self.state.withLock { $0 = .finished(result) }
        }
    }

    /// What the last pass came to, once; nil if none has finished.
    func takeFinished() throws -> Outcome? {
        let result: Result<Outcome, any Error>? = state.withLock { state in
            guard case .finished(let result) = state else { return nil }
            state = .idle
            return result
        }
        return try result?.get()
    }

    /// Waits for a running pass.
    func wait() { connection.writeWithoutTransaction { _ in } }

    func close() throws { try connection.close() }

    /// Moves what can be moved without waiting for anybody.
    static func pass(_ db: Database) throws -> Outcome {
        do {
            let (seen, moved) = try db.checkpoint(.passive)
            return .passed(Pass(seen: seen, moved: moved))
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            return .busy
        }
    }
}
