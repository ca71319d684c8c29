import Broker
import Foundation
import Glibc
import Synchronization
import Telemetry
import TestKit

/// Many consumers of the event stream at once, half of which never read what they are sent.
final class StreamCrowd: Sendable {
    /// What the fast ones have read.
    struct Tally: Sendable {
        var bytes = 0
        /// Streams that the daemon ended.
        var ended = 0
    }

    private let fast: [Int32]
    private let slow: [Int32]
    private let tally = Mutex(Tally())
    private let isStopped = Mutex(false)
    private let finished = DispatchSemaphore(value: 0)

    /// Opens the streams, each after the newest event.
    init(count: Int, port: UInt16, token: String) throws {
        var opened: [Int32] = []
        for number in 0..<count {
            opened.append(try StreamCrowd.open(port: port, token: token, isSlow: number % 2 == 1))
        }
        fast = opened.indices.filter { $0 % 2 == 0 }.map { opened[$0] }
        slow = opened.indices.filter { $0 % 2 == 1 }.map { opened[$0] }
        let thread = Thread { [self] in
            // They stand for programs on other machines, whose work is not the daemon's.
            ThreadPriority.useIdleTime()
            read()
            finished.signal()
        }
        thread.start()
    }

    /// Hangs up.
    func stop() -> Tally {
        isStopped.withLock { $0 = true }
        finished.wait()
        for descriptor in fast + slow { close(descriptor) }
        return tally.withLock { $0 }
    }

    private func read() {
        var open = fast
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while !isStopped.withLock({ $0 }) {
            let ready = Poll.wait(open.map { PollInterest($0) }, timeout: 50)
            var ended: Set<Int32> = []
            for (descriptor, state) in zip(open, ready) where state.canRead {
                let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
                if count > 0 { tally.withLock { $0.bytes += count } } else { ended.insert(descriptor) }
            }
            guard !ended.isEmpty else { continue }
            open.removeAll { ended.contains($0) }
            tally.withLock { $0.ended += ended.count }
        }
    }

    private static func open(port: UInt16, token: String, isSlow: Bool) throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw TestKitError("no socket to be had, errno \(errno)") }
        if isSlow {
            // The kernel would otherwise take in for a long time what nobody reads.
            var size: Int32 = 4_096
            unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = unsafe inet_addr("127.0.0.1")
        address.sin_port = port.bigEndian
        let code = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { general in
                unsafe connect(descriptor, general, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else { throw TestKitError("nobody listens on port \(port), errno \(errno)") }
        let request = Array(
            "GET /v1/events/stream HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer \(token)\r\n\r\n".utf8)
        guard unsafe write(descriptor, request, request.count) == request.count else {
            throw TestKitError("a stream could not be asked for, errno \(errno)")
        }
        return descriptor
    }
}
