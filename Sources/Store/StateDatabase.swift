import Foundation
import GRDB
import Pipeline
package import Registry
package import Settings
import Telemetry

/// The state database, opened by its one writer.
///
/// Every method but `reader` is called by the pipeline's thread only; `@unchecked Sendable` because the object
/// is made on one thread and handed to that one, and because readers use the pool, which is safe anywhere.
package final class StateDatabase: @unchecked Sendable {
    package let folder: StateFolder
    let pool: DatabasePool
    var chain: EvidenceChain
    /// Durable numbers by position in the registry.
    var pointNumbers: [Int64] = []
    /// What rules need of the past, as it is before any sample, by the points' positions.
    var watches: [Int: Watch] = [:]
    var gatewayNumbers: [Int64] = []
    /// Where the tasks of climbs under way are stored, as far as they were loaded or written here.
    var taskRows: [ULID: Int64] = [:]
    var journalIndex: JournalIndex
    var decodedRows = DecodedRows()
    /// The last journal row whose samples are in day files; 0 before the first compaction.
    package internal(set) var compactedThrough: Int64
    /// The last journal row deleted since the start; 0 for none yet.
    var deletedThrough: Int64 = 0
    /// The last journal row that a start need not read.
    var snapshotThrough: Int64
    /// The write-ahead log, when it is moved into the database file, and by whom (`StateDatabase+Checkpoint`).
    let log: LogLength
    var upkeep = LogUpkeep()
    let checkpointer: Checkpointer
    /// The latest wall time of a commit since the start, or of the last one before it, UTC milliseconds.
    package internal(set) var lastCommit: Int64?
    /// Asked before every commit; says why this one is to fail. For tests of what happens then.
    package var commitFault: () -> String? = { nil }

    /// The largest file read through page by page at every start, in bytes; a larger one shows damage when what is
    /// damaged is read, and would keep the daemon from its work for too long.
    private static let checkedSize: Int64 = 256 << 20

    /// Opens the database, makes it where there is none, and brings an older one up to date.
    package init(_ folder: StateFolder, durability: CommitSettings.Durability) throws(StoreError) {
        self.folder = folder
        do {
            try StateDatabase.inspect(folder)
            let pool = try DatabasePool(path: folder.database, configuration: StateDatabase.configuration())
            try Schema.migrator.migrate(pool)
            log = try pool.writeWithoutTransaction { db in
                // The pool lowers this to NORMAL once it is made.
                try db.execute(sql: "PRAGMA synchronous = \(durability == .full ? "FULL" : "NORMAL")")
                return LogLength(of: db)
            }
            checkpointer = try Checkpointer(path: folder.database, StateDatabase.configuration())
            chain = EvidenceChain(
                head: try pool.read { try Data.fetchOne($0, sql: "SELECT chain FROM journal ORDER BY id DESC LIMIT 1") }
            )
            journalIndex = try pool.read { try JournalIndex($0) }
            lastCommit = try pool.read {
                try Int64.fetchOne($0, sql: "SELECT committed_at FROM journal ORDER BY id DESC LIMIT 1")
            }
            compactedThrough = try pool.read { try StateReader.compactedThrough($0) }
            snapshotThrough = try pool.read {
                try Int64.fetchOne($0, sql: "SELECT journal_id FROM snapshot") ?? 0
            }
            self.pool = pool
        } catch {
            throw StateDatabase.explain(error, folder.database)
        }
    }

    /// A reader of what is committed, for any thread.
    package var reader: StateReader { StateReader(pool) }

    /// The writer's own `PRAGMA synchronous`: 2 is FULL, 1 is NORMAL.
    package func synchronousLevel() throws(StoreError) -> Int {
        try attempt { try self.pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") ?? -1 } }
    }

    /// Gives every point and gateway of the registry its durable number.
    package func adopt(_ registry: Registry) throws(StoreError) {
        watches = Dictionary(uniqueKeysWithValues: Watch.all(of: registry).map { ($0.point, $0.watch) })
        let names = registry.points.indices.map { registry.identifier(of: PointIndex($0)) }
        (pointNumbers, gatewayNumbers) = try attempt {
            try self.pool.write { db in
                (
                    try StateDatabase.number(names, in: "point", db),
                    try StateDatabase.number(registry.gateways.map(\.name), in: "gateway", db)
                )
            }
        }
    }

    func attempt<Result>(_ body: () throws -> Result) throws(StoreError) -> Result {
        do {
            return try body()
        } catch {
            throw StateDatabase.explain(error, folder.database)
        }
    }

    static func explain(_ error: any Error, _ path: String) -> StoreError {
        if let error = error as? StoreError { return error }
        guard let error = error as? DatabaseError else { return StoreError(.failed, "\(path): \(error)") }
        switch error.resultCode {
        case .SQLITE_FULL:
            return StoreError(.full, "\(path): no space is left on its disk; free some, the daemon goes on by itself")
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            return StoreError(
                .foreign,
                "\(path) is damaged or no SQLite file (\(error.message ?? "")); it was not touched: move it away, "
                    + "or restore a backup")
        default:
            return StoreError(.failed, "\(path): \(error.message ?? "error") (SQLite \(error.extendedResultCode))")
        }
    }

    private static func configuration() -> GRDB.Configuration {
        var configuration = GRDB.Configuration()
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = 8
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA wal_autocheckpoint = 0")
            // Debian's SQLite overwrites what is deleted with zeros: the journal would be written twice for it.
            try db.execute(sql: "PRAGMA secure_delete = OFF")
        }
        return configuration
    }

    /// Refuses a file that is not ours or does not hold together, before anything is written to it.
    private static func inspect(_ folder: StateFolder) throws {
        guard FileManager.default.fileExists(atPath: folder.database) else { return }
        var configuration = GRDB.Configuration()
        configuration.busyMode = .timeout(5)
        configuration.readonly = true
        let queue = try DatabaseQueue(path: folder.database, configuration: configuration)
        let size = try FileManager.default.attributesOfItem(atPath: folder.database)[.size] as? Int64 ?? 0
        let isSmall = size <= checkedSize
        defer { try? queue.close() }
        try queue.read { db in
            let application = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
            let tables = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM sqlite_master") ?? 0
            guard application == Schema.applicationID || tables == 0 else {
                throw StoreError(
                    .foreign,
                    "\(folder.database) is a database of another program (application_id \(application)); "
                        + "it was not touched: give hazardd a state_directory of its own")
            }
            let complaint = try isSmall ? String.fetchOne(db, sql: "PRAGMA quick_check(1)") ?? "ok" : "ok"
            guard complaint == "ok" else {
                throw StoreError(
                    .foreign,
                    "\(folder.database) is damaged (\(complaint)); it was not touched: move it away or restore a backup"
                )
            }
            guard try tables == 0 || Schema.migrator.hasBeenSuperseded(db) == false else {
                throw StoreError(
                    .foreign, "\(folder.database) was written by a newer hazardd; run that version or a newer one")
            }
        }
    }

    private static func number(_ names: [String], in table: String, _ db: Database) throws -> [Int64] {
        var numbers: [Int64] = []
        numbers.reserveCapacity(names.count)
        // Names usually stand in the registry in the order of their numbers; a dictionary takes the rest.
        var known: [String: Int64] = [:]
        let rows = try Row.fetchCursor(db, sql: "SELECT id, name FROM \(table) ORDER BY id")
        while let row = try rows.next() {
            let name: String = row[1]
            if known.isEmpty, numbers.count < names.count, names[numbers.count] == name {
                numbers.append(row[0])
            } else {
                known[name] = row[0]
            }
        }
        let insert = try db.makeStatement(sql: "INSERT INTO \(table) (name) VALUES (?)")
        for name in names[numbers.count...] {
            if let id = known[name] {
                numbers.append(id)
            } else {
                try insert.execute(arguments: [name])
                numbers.append(db.lastInsertedRowID)
            }
        }
        return numbers
    }
}
