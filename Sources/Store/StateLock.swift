import Glibc

/// The one writer's claim on a state directory; the kernel drops it with the process, however it ends.
package final class StateLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock.
    /// - Parameter holder: the claimant's name, told to whoever comes second.
    package init(_ folder: StateFolder, holder: String) throws(StoreError) {
        descriptor = try StateLock.claim(folder, holder)
    }

    /// Apart from `init`, which would run `deinit` on a throw and so close the descriptor a second time: by then it may be
    /// another thread's file.
    private static func claim(_ folder: StateFolder, _ holder: String) throws(StoreError) -> Int32 {
        let descriptor = unsafe open(folder.lock, O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else {
            throw StoreError(.failed, "lock file \(folder.lock) cannot be opened: \(errorText())")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let other = StateLock.holder(descriptor)
            close(descriptor)
            throw StoreError(
                .locked,
                "state directory \(folder.path) is in use by \(other); stop that process first, "
                    + "or give this one a state_directory of its own")
        }
        let text = Array("\(holder) (process \(getpid()))\n".utf8)
        ftruncate(descriptor, 0)
        _ = unsafe pwrite(descriptor, text, text.count, 0)
        return descriptor
    }

    deinit {
        close(descriptor)
    }

    private static func holder(_ descriptor: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = unsafe pread(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return "another process" }
        let text = String(decoding: bytes[0..<count], as: UTF8.self)
        return text.split(separator: "\n").first.map { String($0) } ?? "another process"
    }
}
