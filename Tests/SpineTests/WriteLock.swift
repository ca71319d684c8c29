import Glibc
import TestKit

/// Keeps every other process from writing to an SQLite database in WAL mode, as a foreign writer would, until
/// `release` or the end of the object: holds the WAL-index's WAL_WRITE_LOCK, byte 120 of the `-shm` file
/// (https://sqlite.org/walformat.html, "WAL-Index Locks"). Readers go on.
final class WriteLock {
    private var descriptor: Int32

    init(database: String) throws {
        descriptor = unsafe open(database + "-shm", O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { throw TestKitError("\(database)-shm cannot be opened, errno \(errno)") }
        var region = flock()
        region.l_type = Int16(F_WRLCK)
        region.l_whence = Int16(SEEK_SET)
        region.l_start = 120
        region.l_len = 1
        guard unsafe fcntl(descriptor, F_SETLKW, &region) == 0 else {
            throw TestKitError("\(database) cannot be locked, errno \(errno)")
        }
    }

    deinit {
        release()
    }

    func release() {
        guard descriptor >= 0 else { return }
        close(descriptor)
        descriptor = -1
    }
}
