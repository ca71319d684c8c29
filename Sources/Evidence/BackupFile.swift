import Crypto
import Foundation
import Glibc
import Store

/// Files of a backup: copied and written so that they are on disk, and their hashes.
enum BackupFile {
    private static let piece = 1 << 20

    /// Copies a file that nobody changes.
    static func copy(_ source: String, to target: String, mode: mode_t = 0o640) throws {
        let input = unsafe open(source, O_RDONLY | O_CLOEXEC)
        guard input >= 0 else { throw failure(source, "read") }
        defer { close(input) }
        let output = unsafe open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard output >= 0 else { throw failure(target, "written") }
        defer { close(output) }
        var buffer = [UInt8](repeating: 0, count: piece)
        while true {
            let count = unsafe read(input, &buffer, buffer.count)
            guard count >= 0 else { throw failure(source, "read") }
            guard count > 0 else { break }
            var start = 0
            while start < count {
                let written = unsafe buffer.withUnsafeBytes { bytes in
                    unsafe Glibc.write(output, bytes.baseAddress?.advanced(by: start), count - start)
                }
                guard written > 0 else { throw failure(target, "written") }
                start += written
            }
        }
        guard fchmod(output, mode) == 0, fsync(output) == 0 else { throw failure(target, "written") }
    }

    static func write(_ bytes: Data, to path: String) throws {
        guard FileManager.default.createFile(atPath: path, contents: bytes, attributes: [.posixPermissions: 0o640])
        else { throw failure(path, "written") }
        try synchronize(path)
    }

    /// Sees to it that a file or folder is on disk.
    static func synchronize(_ path: String) throws {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path, "read") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(path, "written") }
    }

    static func makeFolder(_ path: String) throws {
        guard unsafe mkdir(path, 0o750) == 0 || errno == EEXIST else { throw failure(path, "made") }
    }

    /// - Parameter path: relative to `folder`.
    static func describe(_ path: String, in folder: String) throws -> BackupManifest.File {
        let full = folder + "/" + path
        let descriptor = unsafe open(full, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(full, "read") }
        defer { close(descriptor) }
        var hash = SHA256()
        var total: Int64 = 0
        var buffer = [UInt8](repeating: 0, count: piece)
        while true {
            let count = unsafe read(descriptor, &buffer, buffer.count)
            guard count >= 0 else { throw failure(full, "read") }
            guard count > 0 else { break }
            hash.update(data: buffer[..<count])
            total += Int64(count)
        }
        return BackupManifest.File(path: path, bytes: total, sha256: Data(hash.finalize()).hexadecimal)
    }

    static func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    private static func failure(_ path: String, _ verb: String) -> EvidenceError {
        EvidenceError("\(path) cannot be \(verb): \(unsafe String(cString: strerror(errno)))")
    }
}
