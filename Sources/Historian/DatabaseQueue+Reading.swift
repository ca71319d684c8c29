import GRDB

extension DatabaseQueue {
    /// Opens a file of the history for reading.
    ///
    /// A process that was killed may have left a transaction half written beside the file. Whoever may write takes it
    /// back, as SQLite does for everybody who opens a file to write to it; whoever may not has to wait until the daemon
    /// has.
    /// - Parameters:
    ///   - path: where the file is.
    ///   - name: what SQLite is to call it, where that says more than the path.
    static func reading(_ path: String, as name: String? = nil) throws -> DatabaseQueue {
        var configuration = GRDB.Configuration()
        configuration.busyMode = .timeout(10)
        configuration.readonly = true
        do {
            return try opened(name ?? path, configuration)
        } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_READONLY_ROLLBACK {
            configuration.readonly = false
            try opened(path, configuration).close()
            configuration.readonly = true
            return try opened(name ?? path, configuration)
        }
    }

    /// Opens a file and looks into it, which is when SQLite finds what was left unfinished.
    private static func opened(_ path: String, _ configuration: GRDB.Configuration) throws -> DatabaseQueue {
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        _ = try queue.inDatabase { try Int.fetchOne($0, sql: "PRAGMA schema_version") }
        return queue
    }
}
