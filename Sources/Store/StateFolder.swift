import Glibc

/// The state directory and the names of what lies in it (`schemas/state.md`).
package struct StateFolder: Sendable {
    package let path: String

    package init(_ path: String) {
        self.path = path
    }

    package var database: String { path + "/hazardd.sqlite" }
    package var lock: String { path + "/hazardd.lock" }
    package var controlSocket: String { path + "/control.sock" }
    /// Space set aside so that the STORE alarm itself can be committed when the disk is full.
    package var reserve: String { path + "/reserve" }

    /// Summaries of sealed days.
    package var rollups: String { path + "/rollups.sqlite" }
    /// Keys that sign seals, and their public halves.
    package var keys: String { path + "/keys" }

    /// Makes the directory where there is none; group members may read it.
    package func create() throws(StoreError) {
        var partial = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            partial += "/" + part
            if unsafe mkdir(partial, 0o750) != 0, errno != EEXIST {
                throw StoreError(.failed, "state directory \(path) cannot be made: \(errorText()) at \(partial)")
            }
        }
    }

    /// Bytes an unprivileged process may still write to the file system the state lies on.
    package var freeBytes: Int64? {
        var status = statvfs()
        guard unsafe statvfs(path, &status) == 0 else { return nil }
        return Int64(status.f_bavail) * Int64(status.f_frsize)
    }

    /// The size of the write-ahead log in bytes.
    package var walBytes: Int64 {
        var status = stat()
        return unsafe stat(database + "-wal", &status) == 0 ? Int64(status.st_size) : 0
    }
}

/// The system's words for the last error of this thread.
func errorText() -> String {
    unsafe String(cString: strerror(errno))
}
