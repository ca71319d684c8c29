import Foundation
import Glibc
import Store
import TestKit

/// A connection to a daemon's control socket, kept from request to request, that does as little as a client can: what it
/// costs is taken from the daemon on a machine that both are on.
final class KeptConnection {
    private let descriptor: Int32
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)

    init(_ folder: StateFolder) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw TestKitError("no socket to be had, errno \(errno)") }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let path = Array(folder.controlSocket.utf8)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path) }
        let code = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { general in
                unsafe connect(descriptor, general, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard code == 0 else { throw TestKitError("nobody listens on \(folder.controlSocket), errno \(errno)") }
        var patience = timeval(tv_sec: 120, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            unsafe setsockopt(descriptor, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
        }
    }

    deinit { close(descriptor) }

    /// - Returns: the answer's body.
    func post(_ path: String, _ body: String) throws -> [UInt8] {
        let request = "POST \(path) HTTP/1.1\r\nHost: bench\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        try send(Array(request.utf8))
        var answer: [UInt8] = []
        var start: (body: Int, length: Int)?
        while true {
            let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
            guard count > 0 else { throw TestKitError("\(path): the connection ended early, errno \(errno)") }
            answer += buffer[..<count]
            start = try start ?? KeptConnection.bodyStart(answer, path)
            if let start, answer.count >= start.body + start.length { return Array(answer[start.body...]) }
        }
    }

    private func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { bytes in
                unsafe Glibc.write(descriptor, bytes.baseAddress.map { unsafe $0 + sent }, bytes.count - sent)
            }
            guard count > 0 else { throw TestKitError("nothing can be sent, errno \(errno)") }
            sent += count
        }
    }

    /// Where an answer's body begins and how long it is; nil while its head is not all there.
    private static func bodyStart(_ answer: [UInt8], _ path: String) throws -> (body: Int, length: Int)? {
        let end = Array("\r\n\r\n".utf8)
        guard
            let place = answer.indices.dropLast(3).first(where: {
                answer[$0] == 13 && answer[$0..<($0 + 4)].elementsEqual(end)
            })
        else { return nil }
        let lines = String(decoding: answer[..<place], as: UTF8.self).split(separator: "\r\n")
        guard let status = lines.first, status.contains(" 200 ") else {
            throw TestKitError("\(path) is answered \(lines.first ?? "")")
        }
        let prefix = "content-length:"
        guard let line = lines.first(where: { $0.lowercased().hasPrefix(prefix) }),
            let length = Int(line.dropFirst(prefix.count).trimmingCharacters(in: .whitespaces))
        else { throw TestKitError("\(path) is answered without a length") }
        return (place + 4, length)
    }
}
