import Foundation
import Glibc
import TestKit

/// Stands in for systemd: the socket that services tell how they are doing.
final class NotifySocket {
    private let descriptor: Int32
    private let path: String

    init(_ path: String) throws {
        self.path = path
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: Array(path.utf8)) }
        let code = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { general in
                unsafe bind(descriptor, general, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard code == 0 else { throw TestKitError("\(path) cannot be bound, errno \(errno)") }
    }

    deinit {
        close(descriptor)
    }

    /// What systemd sets for the service.
    func environment(watchdog: Duration?) -> [String: String] {
        var variables = ["NOTIFY_SOCKET": path]
        if let watchdog { variables["WATCHDOG_USEC"] = "\(watchdog.components.seconds * 1_000_000)" }
        return variables
    }

    /// The messages that have come since the last call.
    func take() -> [String] {
        var messages: [String] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { return messages }
            messages.append(String(decoding: buffer[..<count], as: UTF8.self))
        }
    }
}
