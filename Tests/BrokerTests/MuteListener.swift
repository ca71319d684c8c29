import Foundation
import Glibc
import TestKit

/// A TCP listener that does not listen: it keeps quiet, closes every connection at once, or says its piece
/// whatever it is told.
final class MuteListener: Sendable {
    let port: UInt16
    private let descriptor: Int32

    init(hangsUp: Bool = false, saying bytes: [UInt8] = [], backlog: Int32 = 16) throws {
        port = try FreePort.find()
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = unsafe inet_addr("127.0.0.1")
        address.sin_port = port.bigEndian
        let listener = descriptor
        let code = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { general in
                unsafe bind(listener, general, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0, listen(descriptor, backlog) == 0 else { throw TestKitError("cannot listen on port \(port)") }
        guard hangsUp || !bytes.isEmpty else { return }
        Thread.detachNewThread {
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                _ = unsafe send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
                if hangsUp {
                    close(connection)
                }
            }
        }
    }

    deinit {
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
    }
}
