import Glibc

/// Collects what is printed and writes it in large pieces: a million rows are no million system calls.
struct StandardOutput {
    private static let piece = 1 << 16
    private var bytes: [UInt8] = []

    init() {
        bytes.reserveCapacity(StandardOutput.piece + 4_096)
    }

    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    mutating func write(_ text: String) {
        bytes.append(contentsOf: text.utf8)
        if bytes.count >= StandardOutput.piece { flush() }
    }

    mutating func line(_ text: String) {
        bytes.append(contentsOf: text.utf8)
        bytes.append(UInt8(ascii: "\n"))
        if bytes.count >= StandardOutput.piece { flush() }
    }

    mutating func flush() {
        StandardOutput.write(bytes, to: STDOUT_FILENO)
        bytes.removeAll(keepingCapacity: true)
    }

    static func print(_ text: String) {
        write(Array((text + "\n").utf8), to: STDOUT_FILENO)
    }

    /// Writes to standard error.
    static func complain(_ text: String) {
        if !text.isEmpty { write(Array((text + "\n").utf8), to: STDERR_FILENO) }
    }

    /// A reader that has gone away, as `head` does, ends the program quietly; a full disk does not.
    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var start = 0
        while start < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(descriptor, buffer.baseAddress?.advanced(by: start), bytes.count - start)
            }
            if count > 0 {
                start += count
            } else if errno != EINTR {
                exit(errno == EPIPE ? ExitStatus.done.rawValue : ExitStatus.failed.rawValue)
            }
        }
    }
}
