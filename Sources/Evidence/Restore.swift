import Foundation
import Glibc
package import Store
import Telemetry

/// Puts a backup in the place of a state.
package struct Restore {
    package struct Outcome {
        package let manifest: BackupManifest
        package let verification: Verification
        /// Where the state before lies now; nil if there was none.
        package let former: String?
    }

    /// What a stopped daemon leaves behind that is no state.
    private static let leftovers: Set<String> = ["hazardd.lock", "control.sock", "reserve"]

    private let backup: String
    private let target: StateFolder
    private let node: String

    package init(of backup: String, into target: StateFolder, node: String) {
        self.backup = backup
        self.target = target
        self.node = node
    }

    /// Checks the backup, then puts it in place and verifies what is there.
    /// - Parameter replaces: whether a state that is there may be moved aside.
    /// - Throws: an `EvidenceFault` for a backup that was changed; a `StoreError` of kind `locked` while a daemon works.
    package func run(replaces: Bool, at now: Int64) throws -> Outcome {
        let manifest = try BackupManifest(folder: backup)
        guard manifest.node == node else {
            throw EvidenceError("\(backup) is of node \(manifest.node), the settings are of node \(node)")
        }
        try check(manifest)
        try target.create()
        let lock = try StateLock(target, holder: "hazardctl restore")
        defer { withExtendedLifetime(lock) {} }
        let present = BackupFile.names(in: target.path).filter { !Restore.leftovers.contains($0) }
        guard present.isEmpty || replaces else {
            throw EvidenceError(
                "\(target.path) holds a state already (\(present.prefix(3).joined(separator: ", "))); with --replace it is "
                    + "moved aside")
        }
        let former = present.isEmpty ? nil : try moveAside(at: now)
        try place(manifest)
        return Outcome(manifest: manifest, verification: try Verifier(target).verify(), former: former)
    }

    private func check(_ manifest: BackupManifest) throws {
        guard manifest.files.contains(where: { $0.path == "hazardd.sqlite" }) else {
            throw EvidenceFault("\(backup): its manifest names no hazardd.sqlite")
        }
        for file in manifest.files {
            let path = backup + "/" + file.path
            guard FileManager.default.fileExists(atPath: path) else { throw EvidenceFault("\(path) is missing") }
            guard try BackupFile.describe(file.path, in: backup) == file else {
                throw EvidenceFault("\(path) is not the file that was backed up: it was changed")
            }
        }
    }

    /// Moves everything but the lock, which stays held.
    private func moveAside(at now: Int64) throws -> String {
        let stamp = TimestampText.utc(now).filter { $0.isNumber || $0 == "T" || $0 == "Z" }
        let former = target.path + ".replaced-" + stamp
        guard unsafe mkdir(former, 0o750) == 0 else {
            throw EvidenceError("\(former) cannot be made: \(unsafe String(cString: strerror(errno)))")
        }
        for name in BackupFile.names(in: target.path) where name != "hazardd.lock" {
            guard unsafe rename(target.path + "/" + name, former + "/" + name) == 0 else {
                throw EvidenceError(
                    "\(target.path)/\(name) cannot be moved to \(former): \(unsafe String(cString: strerror(errno)))")
            }
        }
        return former
    }

    /// The state database comes last and at once: without it there is no state.
    private func place(_ manifest: BackupManifest) throws {
        let unfinished = target.database + ".restoring"
        try? FileManager.default.removeItem(atPath: unfinished)
        for folder in ["history", "keys"] {
            try BackupFile.makeFolder(target.path + "/" + folder)
            try giveToOwner(target.path + "/" + folder)
        }
        for file in manifest.files {
            let isState = file.path == "hazardd.sqlite"
            let path = isState ? unfinished : target.path + "/" + file.path
            let mode: mode_t = file.path.hasSuffix(".key") ? 0o600 : file.path.hasSuffix(".pem") ? 0o644 : 0o640
            try BackupFile.copy(backup + "/" + file.path, to: path, mode: mode)
            try giveToOwner(path)
        }
        try BackupFile.synchronize(target.path + "/history")
        try BackupFile.synchronize(target.path + "/keys")
        guard unsafe rename(unfinished, target.database) == 0 else {
            throw EvidenceError("\(unfinished) cannot be renamed: \(unsafe String(cString: strerror(errno)))")
        }
        try BackupFile.synchronize(target.path)
    }

    /// Restored by root, a file belongs to whom the state directory belongs.
    private func giveToOwner(_ path: String) throws {
        var status = stat()
        guard geteuid() == 0, unsafe stat(target.path, &status) == 0, status.st_uid != 0 else { return }
        guard unsafe chown(path, status.st_uid, status.st_gid) == 0 else {
            throw EvidenceError("\(path) cannot be given to its owner: \(unsafe String(cString: strerror(errno)))")
        }
    }
}
