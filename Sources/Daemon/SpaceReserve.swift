import Glibc
import Store

/// A file of some megabytes set aside, so that on a full disk the STORE alarm and the burst in hand can still be
/// committed once it is given up.
struct SpaceReserve {
    static let size: Int64 = 16 << 20

    private let folder: StateFolder
    private(set) var isHeld: Bool

    /// Sets the space aside, unless there is too little.
    init(_ folder: StateFolder) {
        self.folder = folder
        isHeld = false
        restore()
    }

    /// Gives the space up.
    mutating func release() {
        _ = unsafe unlink(folder.reserve)
        isHeld = false
    }

    /// Sets the space aside again once there is several times as much.
    mutating func restore() {
        guard !isHeld, let free = folder.freeBytes, free > SpaceReserve.size * 4 else { return }
        let descriptor = unsafe open(folder.reserve, O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { return }
        isHeld = posix_fallocate(descriptor, 0, off_t(SpaceReserve.size)) == 0
        close(descriptor)
    }
}
