import Foundation
import Glibc

/// A file system of a few megabytes in memory, mounted for a test and unmounted with the last reference; filled and
/// freed by a file of ballast.
package final class SmallDisk {
    /// Where it is mounted.
    package let path: String
    private var ballast: String { path + "/ballast" }

    /// Mounts it, empty, over a folder, which is made if it is not there.
    package init(at path: String, megabytes: Int) throws {
        self.path = path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard unsafe mount("tmpfs", path, "tmpfs", 0, "size=\(megabytes)m") == 0 else {
            throw TestKitError("no tmpfs can be mounted at \(path): \(unsafe String(cString: strerror(errno)))")
        }
    }

    deinit {
        _ = unsafe umount2(path, CInt(MNT_DETACH))
    }

    /// Whether this process may mount at all.
    package static var isPossible: Bool {
        guard let folder = try? TemporaryFolder("small-disk") else { return false }
        return (try? SmallDisk(at: folder.file("disk"), megabytes: 1)) != nil
    }

    /// Bytes left.
    package var freeBytes: Int {
        var status = statvfs()
        guard unsafe statvfs(path, &status) == 0 else { return 0 }
        return Int(status.f_bavail) * Int(status.f_frsize)
    }

    /// Grows or shrinks the ballast until so many bytes are left.
    package func leave(_ bytes: Int) throws {
        let descriptor = unsafe open(ballast, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw TestKitError("\(ballast): \(unsafe String(cString: strerror(errno)))") }
        defer { close(descriptor) }
        let held = Int(lseek(descriptor, 0, SEEK_END))
        let size = max(0, held + freeBytes - bytes)
        let code = size < held ? ftruncate(descriptor, off_t(size)) : posix_fallocate(descriptor, 0, off_t(size))
        guard code == 0 || code == ENOSPC else {
            throw TestKitError("\(ballast) cannot have \(size) bytes: error \(code)")
        }
    }

    /// Gives all of the ballast back.
    package func free() {
        _ = unsafe unlink(ballast)
    }
}
