import Glibc

/// A consumer of the event stream on a socket of its own, which reads when it is told to and not otherwise.
package final class StreamSocket {
    private let descriptor: Int32
    private var rest: [UInt8] = []
    /// The ids of the events that came, in their order.
    package private(set) var ids: [Int64] = []
    /// Lines that are no part of an event, such as the head of the answer and comments.
    package private(set) var others: [String] = []
    /// Whether the other side has ended it.
    package private(set) var isClosed = false
    package private(set) var bytes = 0

    /// Connects and asks.
    /// - Parameters:
    ///   - address: `http://127.0.0.1:PORT`.
    ///   - room: bytes that the system receives without their being read; nil for the usual number.
    package init(_ address: String, token: String, after: Int64? = nil, lastEventID: Int64? = nil, room: Int32? = nil)
        throws
    {
        guard let port = address.split(separator: ":").last.flatMap({ UInt16($0) }) else {
            throw TestKitError("\(address) has no port")
        }
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw TestKitError("no socket to be had, errno \(errno)") }
        if var room {
            unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &room, socklen_t(MemoryLayout<Int32>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = unsafe inet_addr("127.0.0.1")
        address.sin_port = port.bigEndian
        let code = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else { throw TestKitError("no connection to port \(port), errno \(errno)") }
        let request =
            "GET /v1/events/stream\(after.map { "?after=\($0)" } ?? "") HTTP/1.1\r\nHost: localhost\r\n"
            + "Authorization: Bearer \(token)\r\n" + (lastEventID.map { "Last-Event-ID: \($0)\r\n" } ?? "") + "\r\n"
        let bytes = Array(request.utf8)
        guard unsafe send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
            throw TestKitError("the request was not sent, errno \(errno)")
        }
    }

    deinit { close(descriptor) }

    /// Reads what has come.
    package func pump() {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while !isClosed {
            let count = unsafe recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            if count > 0 {
                bytes += count
                rest += buffer[..<count]
            } else {
                isClosed = count == 0 || (errno != EAGAIN && errno != EINTR)
                break
            }
        }
        let lines = rest.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for line in lines.dropLast() { take(String(decoding: line, as: UTF8.self)) }
        rest = Array(lines.last ?? [])
    }

    private func take(_ line: String) {
        if line.hasPrefix("id: "), let id = Int64(line.dropFirst(4)) {
            ids.append(id)
        } else if !line.hasPrefix("data: {"), !line.hasPrefix("event: hazard") {
            others.append(line.filter { $0 != "\r" })
        }
    }
}
