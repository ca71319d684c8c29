import CMosquitto
import Glibc

/// Whether anything accepts a connection at an address, within a time limit. libmosquitto's own connect has none: it
/// waits for the kernel, two minutes where packets vanish, and the next broker in the list would wait as long.
enum Reachability {
    /// Connects to any of the host's addresses and closes again.
    static func check(_ address: BrokerAddress, client: String, timeout: Int) throws(BrokerError) {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let lookUp = unsafe getaddrinfo(address.host, String(address.port), &hints, &list)
        guard lookUp == 0 else {
            let cause = unsafe String(cString: gai_strerror(lookUp))
            throw BrokerError(
                code: Int32(MOSQ_ERR_EAI.rawValue),
                context: "\(address) for client \"\(client)\": the host name cannot be resolved (\(cause)); "
                    + "name a host that exists")
        }
        defer { unsafe freeaddrinfo(list) }
        var lastError = ETIMEDOUT
        let deadline = MonotonicTime.milliseconds() + Int64(timeout)
        var entry = unsafe list
        while let current = unsafe entry {
            lastError = unsafe attempt(current.pointee, deadline: deadline)
            if lastError == 0 { return }
            unsafe entry = current.pointee.ai_next
        }
        throw BrokerError(
            code: Int32(MOSQ_ERR_ERRNO.rawValue),
            context: "\(address) cannot be reached by client \"\(client)\": "
                + "\(MQTTSession.text(ofSystemError: lastError)); a broker must be listening there")
    }

    /// The system's error number, 0 for a connection.
    private static func attempt(_ entry: addrinfo, deadline: Int64) -> Int32 {
        let kind = unsafe entry.ai_socktype | Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = unsafe socket(entry.ai_family, kind, entry.ai_protocol)
        guard descriptor >= 0 else { return errno }
        defer { close(descriptor) }
        if unsafe connect(descriptor, entry.ai_addr, entry.ai_addrlen) == 0 { return 0 }
        guard errno == EINPROGRESS else { return errno }
        let left = Int(max(0, deadline - MonotonicTime.milliseconds()))
        let ready = Poll.wait([PollInterest(descriptor, read: false, write: true)], timeout: left)[0]
        guard ready.canWrite || ready.canRead else { return ETIMEDOUT }
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        _ = unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size)
        return code
    }
}
