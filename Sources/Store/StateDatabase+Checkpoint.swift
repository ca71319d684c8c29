import GRDB

extension StateDatabase {
    /// Sees to it that the write-ahead log stays short, beside the commits where that goes. Called after every burst; costs
    /// nothing while there is nothing to be done.
    /// - Parameter isIdle: whether nothing was committed for a while.
    package func tendLog(isIdle: Bool) throws(StoreError) {
        if checkpointer.isRunning {
            guard upkeep.isFull(log.pages) else { return }
            checkpointer.wait()
        }
        do {
            if let outcome = try checkpointer.takeFinished(), isLeft(by: outcome) { return try goOn() }
        } catch {
            upkeep.rest(log.pages)
            throw StateDatabase.explain(error, folder.database)
        }
        if upkeep.isDue(log.pages, isIdle: isIdle) { begin() }
    }

    /// Passes over the write-ahead log since the start.
    package var checkpoints: Int64 { upkeep.total }

    /// Pages of the write-ahead log that are not in the database file yet.
    package var pagesToMove: Int { max(0, log.pages - upkeep.moved) }

    /// Takes note of a pass. Where another program was at it, how much is moved is not known, and the log rests.
    private func isLeft(by outcome: Checkpointer.Outcome) -> Bool {
        switch outcome {
        case .passed(let pass): return upkeep.ended(pass, log.pages)
        case .busy:
            upkeep.rest(log.pages)
            return false
        }
    }

    /// Another pass for what came during the last one.
    private func goOn() throws {
        guard upkeep.isForWriter(log.pages) else { return upkeep.isTried ? upkeep.pause(log.pages) : begin() }
        upkeep.began()
        if isLeft(by: try pool.writeWithoutTransaction { try Checkpointer.pass($0) }) { upkeep.rest(log.pages) }
    }

    /// Begins a pass beside the commits, which must find pages that are not moved: then no commit can begin the log anew before
    /// it has ended. SQLite before 3.51.3 can lose frames where a checkpoint of a log that is all moved meets the commit that
    /// begins it anew (https://sqlite.org/wal.html#walresetbug).
    private func begin() {
        guard pagesToMove > 0 else { return }
        upkeep.began()
        checkpointer.begin()
    }

    /// Moves the whole write-ahead log into the database file, unless a reader still needs some of it.
    package func checkpoint() throws(StoreError) {
        try attempt {
            self.checkpointer.wait()
            if let outcome = try self.checkpointer.takeFinished() { _ = self.isLeft(by: outcome) }
            _ = self.isLeft(by: try self.pool.writeWithoutTransaction { try Checkpointer.pass($0) })
        }
    }

    /// Checkpoints and closes.
    package func close() throws(StoreError) {
        try checkpoint()
        try attempt {
            try self.checkpointer.close()
            try self.pool.close()
        }
    }
}
