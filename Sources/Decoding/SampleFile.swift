import Glibc

/// A CSV file of samples, read from its beginning to its end in bounded memory. Used by one thread.
package final class SampleFile {
    private static let piece = 1 << 20

    package let path: String
    package private(set) var reader: SampleTextReader
    private let descriptor: Int32
    private var buffer = [UInt8](repeating: 0, count: piece)
    private var isAtEnd = false

    /// - Parameter latest: the latest time a sample may have, UTC milliseconds.
    package init(path: String, latest: Int64) throws(SampleTextError) {
        self.path = path
        reader = SampleTextReader(latest: latest)
        descriptor = try SampleFile.open(path)
    }

    private static func open(_ path: String) throws(SampleTextError) -> Int32 {
        let descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw SampleTextError("\(path) cannot be read: \(unsafe String(cString: strerror(errno)))")
        }
        return descriptor
    }

    deinit {
        close(descriptor)
    }

    /// Reads the next piece of the file.
    /// - Parameter samples: what was in it, in place of what was there before.
    /// - Returns: false at the end.
    package func next(into samples: inout [SampleTextReader.Sample]) throws(SampleTextError) -> Bool {
        samples.removeAll(keepingCapacity: true)
        guard !isAtEnd else { return false }
        var count = -1
        repeat {
            count = unsafe read(descriptor, &buffer, buffer.count)
        } while count < 0 && errno == EINTR
        guard count >= 0 else {
            throw SampleTextError("\(path) cannot be read: \(unsafe String(cString: strerror(errno)))")
        }
        do {
            if count == 0 {
                isAtEnd = true
                try reader.finish(into: &samples)
            } else {
                // Let go of before the next piece is read, so that nothing is copied.
                let piece = buffer
                try reader.read(piece.span.extracting(0..<count), into: &samples)
            }
        } catch {
            throw SampleTextError("\(path): \(error)")
        }
        return true
    }
}
