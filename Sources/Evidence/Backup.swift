import Foundation
import Glibc
import Historian
package import Store
import Telemetry

/// Makes a consistent copy of a node's state, whether a daemon works on it or not.
///
/// The state database is copied first, as it is at one moment. Its records say which day files belong to it: sealed ones
/// never change; growing ones can only have grown since, and what is beyond the records is taken out of the copy, as the
/// copied journal still has it. Where a day was sealed or purged in between, it begins anew.
package struct Backup {
    private static let mostTries = 6
    /// Between tries, in microseconds.
    private static let pause: UInt32 = 300_000

    private let source: StateFolder
    private let target: StateFolder
    private let node: String
    private let timeZone: String
    private let keepsPrivateKeys: Bool

    /// - Parameter path: a folder that is empty or not there.
    package init(
        of source: StateFolder, to path: String, node: String, timeZone: String, keepsPrivateKeys: Bool
    ) throws {
        self.source = source
        target = StateFolder(path)
        self.node = node
        self.timeZone = timeZone
        self.keepsPrivateKeys = keepsPrivateKeys
    }

    /// Copies and verifies the copy.
    package func make(at now: Int64) throws -> (manifest: BackupManifest, verification: Verification) {
        _ = try StateReader(source)
        guard BackupFile.names(in: target.path).isEmpty else {
            throw EvidenceError("\(target.path) is not empty; name a folder that is empty or not there")
        }
        let lock = try recover()
        defer { withExtendedLifetime(lock) {} }
        try target.create()
        do {
            let verification = try copy()
            let manifest = try describe(verification, at: now)
            try manifest.write(to: target.path)
            try BackupFile.synchronize(target.path)
            return (manifest, verification)
        } catch {
            for name in BackupFile.names(in: target.path) {
                try? FileManager.default.removeItem(atPath: target.path + "/" + name)
            }
            throw error
        }
    }

    /// Without a daemon: keeps one from starting meanwhile, and brings the day files to the state before or after
    /// whatever the last one was at when it ended.
    /// - Returns: nil where a daemon works, or where this user may only read.
    private func recover() throws -> StateLock? {
        guard let lock = try? StateLock(source, holder: "hazardctl backup") else { return nil }
        try HistoryChores(
            reader: try StateReader(source), state: source, node: node, timeZone: timeZone, commit: { _ in }
        ).recover()
        return lock
    }

    private func copy() throws -> Verification {
        var tries = 0
        while true {
            try? FileManager.default.removeItem(atPath: target.database)
            try DatabaseCopy.make(of: source.database, at: target.database)
            let state = try EvidenceReader(target)
            let ledger = try Ledger(state)
            let records = try state.recordCount()
            state.finish()
            do {
                try copyHistory(ledger)
                try copyRollups()
                try copyKeys()
                return try Verifier(target).verify()
            } catch {
                // A daemon that works meanwhile seals and removes files. A record is committed before its file is there.
                tries += 1
                let hasMoved = try countRecords() != records
                guard tries < Backup.mostTries, hasMoved || !(error is EvidenceFault) else { throw error }
                usleep(Backup.pause)
            }
        }
    }

    private func countRecords() throws -> Int64 {
        let state = try EvidenceReader(source)
        defer { state.finish() }
        return try state.recordCount()
    }

    private func copyHistory(_ ledger: Ledger) throws {
        let from = HistoryFolder(source)
        let into = HistoryFolder(target)
        try into.create()
        let sealed = Set(ledger.days.map(\.body).filter { !$0.file.isEmpty && !ledger.isPurged($0) }.map(\.file))
        let growing = growing(ledger)
        for name in BackupFile.names(in: into.path) where !sealed.contains(name) {
            try FileManager.default.removeItem(atPath: into.file(name))
        }
        for name in sealed.sorted() where !FileManager.default.fileExists(atPath: into.file(name)) {
            try BackupFile.copy(from.file(name), to: into.file(name))
        }
        for name in growing.sorted() {
            try DatabaseCopy.make(of: from.file(name), at: into.file(name))
            try trim(into.file(name), after: ledger.compactedThrough)
            try BackupFile.synchronize(into.file(name))
        }
        try BackupFile.synchronize(target.database)
        try BackupFile.synchronize(into.path)
    }

    /// Growing files with chunks that no sealed file has yet.
    private func growing(_ ledger: Ledger) -> Set<String> {
        var taken: [String: Set<Int64>] = [:]
        for day in ledger.days { taken[day.body.day, default: []].formUnion(day.body.compactions) }
        var names = Set<String>()
        for compaction in ledger.compactions {
            for day in compaction.body.days
            where taken[String(day.file.prefix(10))]?.contains(compaction.body.first) != true {
                names.insert(day.file)
            }
        }
        return names
    }

    /// Takes out what was compacted after the state was copied.
    private func trim(_ path: String, after row: Int64) throws {
        let day = try DayFile(path: path).day()
        let writer = try DayFileWriter(path: path, day: day, node: node, timeZone: timeZone, isFinal: true)
        try writer.begin(after: row)
        try writer.commit()
        try writer.close()
    }

    private func copyRollups() throws {
        try? FileManager.default.removeItem(atPath: target.rollups)
        guard FileManager.default.fileExists(atPath: source.rollups) else { return }
        try DatabaseCopy.make(of: source.rollups, at: target.rollups)
        try BackupFile.synchronize(target.rollups)
    }

    private func copyKeys() throws {
        try BackupFile.makeFolder(target.keys)
        for name in BackupFile.names(in: source.keys) {
            let copy = target.keys + "/" + name
            try? FileManager.default.removeItem(atPath: copy)
            if name.hasSuffix(".pub.pem") {
                try BackupFile.copy(source.keys + "/" + name, to: copy, mode: 0o644)
            } else if name.hasSuffix(".key"), keepsPrivateKeys {
                try BackupFile.copy(source.keys + "/" + name, to: copy, mode: 0o600)
            }
        }
        try BackupFile.synchronize(target.keys)
    }

    private func describe(_ verification: Verification, at now: Int64) throws -> BackupManifest {
        var files: [BackupManifest.File] = []
        for name in BackupFile.names(in: target.path) {
            let path = target.path + "/" + name
            let inner = BackupFile.names(in: path)
            for file in inner.isEmpty ? [] : inner {
                files.append(try BackupFile.describe("\(name)/\(file)", in: target.path))
            }
            if name.hasSuffix(".sqlite") { files.append(try BackupFile.describe(name, in: target.path)) }
        }
        let state = try EvidenceReader(target)
        defer { state.finish() }
        return BackupManifest(
            node: node, at: TimestampText.utc(now), lastSequence: try state.lastEvent(),
            lastJournalRow: try state.lastNumber(ofTable: "journal"), samples: verification.samples,
            hasPrivateKeys: files.contains { $0.path.hasSuffix(".key") }, files: files)
    }
}
