/// For the blocking clients of simulator, tests and preflight only: these acknowledge whatever arrives.
extension MQTTSession {
    /// A session connected to the first address that takes it.
    static func connected(_ options: SessionOptions) throws(BrokerError) -> MQTTSession {
        var failure = BrokerError(
            code: 0, context: "client \"\(options.clientID)\" has no broker to connect to; give it at least one URL")
        for address in options.urls {
            let session = MQTTSession(options: options)
            do {
                try session.connect(to: address)
                return session
            } catch {
                failure = error
            }
        }
        throw failure
    }

    /// Waits up to `timeout` milliseconds for the socket, reads what is there (1,000 packets at most), writes what is
    /// queued and once a second sees to the keep-alive.
    func pump(timeout: Int, lastKeepAlive: inout Int64) throws(BrokerError) {
        if !mayHaveMore {
            let ready = Poll.wait([PollInterest(descriptor, write: wantsWrite)], timeout: timeout)[0]
            if ready.canRead {
                try readAvailable()
            }
        } else {
            try readAvailable()
        }
        let now = MonotonicTime.milliseconds()
        if now - lastKeepAlive >= 1_000 {
            lastKeepAlive = now
            try keepAlive()
        }
        if wantsWrite {
            try write()
        }
    }

    private func readAvailable() throws(BrokerError) {
        var packets = 0
        repeat {
            try read()
            packets += 1
        } while mayHaveMore && packets < 1_000
    }
}
