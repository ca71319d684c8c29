import Glibc

/// Tells systemd how the service is doing (sd_notify(3)), where it was started by it.
struct ServiceNotifier {
    private let socket: String?
    /// How often the watchdog wants to hear, in milliseconds: half of what the unit allows. Nil without one.
    private let watchdogEvery: Int64?
    private var lastPing: Int64 = .min

    init(environment: [String: String]) {
        socket = environment["NOTIFY_SOCKET"].flatMap { $0.isEmpty ? nil : $0 }
        let isOurs = environment["WATCHDOG_PID"].map { $0 == "\(getpid())" } ?? true
        watchdogEvery = isOurs ? environment["WATCHDOG_USEC"].flatMap { Int64($0) }.map { max(1, $0 / 2_000) } : nil
    }

    /// Telemetry is subscribed to and recorded.
    func ready(status: String) {
        send("READY=1\nSTATUS=\(status)")
    }

    func reloading(at monotonic: Int64) {
        send("RELOADING=1\nMONOTONIC_USEC=\(monotonic * 1_000)")
    }

    func stopping() {
        send("STOPPING=1\nSTATUS=stopping")
    }

    /// The pipeline has done its work; called by its thread after every turn.
    mutating func alive(at monotonic: Int64) {
        guard let watchdogEvery, monotonic >= lastPing &+ watchdogEvery || lastPing == .min else { return }
        lastPing = monotonic
        send("WATCHDOG=1")
    }

    private func send(_ text: String) {
        guard let path = socket else { return }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var bytes = Array(path.utf8)
        // An abstract socket is written with an at sign and begins with a zero.
        if bytes.first == UInt8(ascii: "@") { bytes[0] = 0 }
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard bytes.count < room else { return }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
        let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
        let message = Array(text.utf8)
        _ = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { general in
                unsafe sendto(
                    descriptor, message, message.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT),
                    general, length)
            }
        }
    }
}
