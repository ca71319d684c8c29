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
            if let pass = try checkpointer.takeFinished(), upkeep.ended(pass, log.pages) {
                return try goOn()
            }
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

    /// Another pass for what came during the last one.
    private func goOn() throws {
        guard upkeep.isForWriter(log.pages) else { return upkeep.isTried ? upkeep.rest(log.pages) : begin() }
        upkeep.began()
        let pass = try pool.writeWithoutTransaction { try Checkpointer.pass($0) }
        if let pass, upkeep.ended(pass, log.pages) { upkeep.rest(log.pages) }
    }

    private func begin() {
        upkeep.began()
        checkpointer.begin()
    }

    /// Moves the whole write-ahead log into the database file, unless a reader still needs some of it.
    package func checkpoint() throws(StoreError) {
        try attempt {
            self.checkpointer.wait()
            _ = try self.pool.writeWithoutTransaction { try Checkpointer.pass($0) }
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
