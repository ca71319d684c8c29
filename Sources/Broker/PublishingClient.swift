/// A blocking QoS 1 publisher for the simulator and the tests: keeps up to `window` publications unacknowledged and
/// pumps the session while it waits. Not for the daemon, whose sessions must never block. One thread at a time.
package final class PublishingClient {
    package let options: SessionOptions
    /// Publications the broker acknowledged, over all connections.
    package private(set) var acknowledgedCount = 0
    /// Publications the broker refused (MQTT 5).
    package private(set) var refusedCount = 0
    /// Told of each acknowledged publication, in the broker's order, by the number `publish` returned.
    package var onAcknowledged: ((Int) -> Void)?
    /// Milliseconds `publish` waits for a place in the window before it gives up.
    package var patience = 30_000

    private let window: Int
    /// Bytes of publications that are gathered before they are put on the wire.
    private let gathering: Int
    private var unwritten = 0
    private var session: MQTTSession?
    /// The publication each packet identifier stands for; identifiers are used again.
    private var inFlight: [Int32: Int] = [:]
    private var published = 0
    private var lastKeepAlive: Int64 = 0

    /// `window` is at most 60000, as packet identifiers have 16 bits. With `gathering` above 0 a publication may wait
    /// for those after it until they make so many bytes, or for the next `pump` or `flush`; together they cost everybody
    /// less.
    package init(options: SessionOptions, window: Int = 1_000, gathering: Int = 0) {
        self.options = options
        self.gathering = gathering
        self.window = min(max(1, window), 60_000)
    }

    package var isConnected: Bool {
        session?.isConnected ?? false
    }

    /// Publications sent and not yet acknowledged, ascending. After a lost connection: those of unknown fate.
    package var unacknowledged: [Int] {
        inFlight.values.sorted()
    }

    /// Tries the addresses once, in order. Publications in flight on an earlier connection are forgotten; look at
    /// `unacknowledged` first to send them again.
    package func connect() throws(BrokerError) {
        session = nil
        inFlight.removeAll()
        session = try MQTTSession.connected(options)
    }

    /// Publishes and returns the publication's number, counted from 0. With QoS 1 waits while the window is full.
    @discardableResult
    package func publish(
        _ topic: String, _ payload: [UInt8], qos: Int32 = 1, retain: Bool = false
    ) throws(BrokerError) -> Int {
        let session = try current()
        let deadline = MonotonicTime.milliseconds() + Int64(patience)
        while inFlight.count >= window {
            try pump(session, timeout: 1_000)
            if MonotonicTime.milliseconds() >= deadline, inFlight.count >= window {
                throw BrokerError(
                    code: 0,
                    context: "the broker acknowledged none of \(inFlight.count) publications of client "
                        + "\"\(options.clientID)\" for \(patience) ms; it must keep up or be given more time")
            }
        }
        let mid = try session.publish(topic: topic, payload: payload, qos: qos, retain: retain)
        let number = published
        published += 1
        if qos > 0 {
            inFlight[mid] = number
        }
        unwritten += payload.count
        if unwritten >= gathering {
            unwritten = 0
            try session.write()
        }
        return number
    }

    /// The same for text.
    @discardableResult
    package func publish(
        _ topic: String, _ payload: String, qos: Int32 = 1, retain: Bool = false
    ) throws(BrokerError) -> Int {
        try publish(topic, Array(payload.utf8), qos: qos, retain: retain)
    }

    /// Waits up to `timeout` milliseconds until everything published is acknowledged; says whether it is.
    package func flush(timeout: Int = 30_000) throws(BrokerError) -> Bool {
        let session = try current()
        let deadline = MonotonicTime.milliseconds() + Int64(timeout)
        while !inFlight.isEmpty || session.wantsWrite {
            let left = Int(deadline - MonotonicTime.milliseconds())
            guard left > 0 else { return false }
            try pump(session, timeout: min(left, 1_000))
        }
        return true
    }

    /// Keeps the connection alive for so many milliseconds while there is nothing to publish; 0 takes in what came.
    package func pump(milliseconds: Int = 0) throws(BrokerError) {
        let session = try current()
        let deadline = MonotonicTime.milliseconds() + Int64(milliseconds)
        repeat {
            let left = Int(max(0, deadline - MonotonicTime.milliseconds()))
            try pump(session, timeout: min(left, 1_000))
        } while MonotonicTime.milliseconds() < deadline
    }

    /// Says goodbye; the will is not published.
    package func disconnect() {
        session?.disconnectGracefully()
        session = nil
    }

    /// Vanishes without a word; the will is published.
    package func abandon() {
        session?.abandon()
        session = nil
    }

    private func current() throws(BrokerError) -> MQTTSession {
        guard let session else {
            throw BrokerError(
                code: 0, context: "publishing client \"\(options.clientID)\" is not connected; connect it first")
        }
        return session
    }

    private func pump(_ session: MQTTSession, timeout: Int) throws(BrokerError) {
        try session.pump(timeout: timeout, lastKeepAlive: &lastKeepAlive)
        for mid in session.acknowledged {
            guard let number = inFlight.removeValue(forKey: mid) else { continue }
            acknowledgedCount += 1
            onAcknowledged?(number)
        }
        for refusal in session.refused where inFlight.removeValue(forKey: refusal.mid) != nil {
            refusedCount += 1
        }
        session.acknowledged.removeAll(keepingCapacity: true)
        session.refused.removeAll(keepingCapacity: true)
        session.incoming.removeAll()
    }
}
