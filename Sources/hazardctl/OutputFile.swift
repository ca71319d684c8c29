import Glibc

/// A file that is written in large pieces, or standard output.
struct OutputFile {
    private static let piece = 1 << 16
    private let name: String
    private let descriptor: Int32
    private(set) var bytes: [UInt8] = []

    /// - Parameter path: a file that must not be there; nil for standard output.
    init(_ path: String?) throws(CommandFailure) {
        bytes.reserveCapacity(OutputFile.piece * 2)
        guard let path else {
            name = "standard output"
            descriptor = STDOUT_FILENO
            return
        }
        name = path.printable
        descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else {
            throw CommandFailure(
                errno == EEXIST
                    ? "\(name) exists already; name another file, or move it away"
                    : "\(name) cannot be written: \(unsafe String(cString: strerror(errno)))")
        }
    }

    mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    mutating func append(_ byte: UInt8) { bytes.append(byte) }

    /// Writes if enough has been gathered.
    mutating func relieve() throws(CommandFailure) {
        if bytes.count >= OutputFile.piece { try flush() }
    }

    /// Puts everything on disk.
    mutating func close() throws(CommandFailure) {
        try flush()
        guard descriptor != STDOUT_FILENO else { return }
        guard fsync(descriptor) == 0, Glibc.close(descriptor) == 0 else { throw failure() }
    }

    /// A reader that has gone away, as `head` does, ends the program quietly; a full disk does not.
    private mutating func flush() throws(CommandFailure) {
        var start = 0
        while start < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe write(descriptor, buffer.baseAddress?.advanced(by: start), buffer.count - start)
            }
            if count > 0 {
                start += count
            } else if errno == EPIPE {
                exit(ExitStatus.done.rawValue)
            } else if errno != EINTR {
                throw failure()
            }
        }
        bytes.removeAll(keepingCapacity: true)
    }

    private func failure() -> CommandFailure {
        CommandFailure("\(name) cannot be written: \(unsafe String(cString: strerror(errno)))")
    }
}
