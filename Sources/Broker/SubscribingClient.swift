/// A blocking subscriber for tests and demos: keeps every message it gets and acknowledges it at once. It only
/// receives while one of its methods runs. One thread at a time.
package final class SubscribingClient {
    package let options: SessionOptions
    /// Everything received and not yet removed, in order of arrival.
    package var received: [ReceivedMessage] = []
    private var session: MQTTSession?
    private var lastKeepAlive: Int64 = 0

    package init(options: SessionOptions) {
        self.options = options
    }

    /// Whether the broker still had this client's session when it connected last.
    package var sessionPresent: Bool {
        session?.connack?.sessionPresent ?? false
    }

    /// Tries the addresses once, in order, subscribes and waits for the broker's answers.
    package func connect(_ subscriptions: [Subscription], timeout: Int = 10_000) throws(BrokerError) {
        session = nil
        let fresh = try MQTTSession.connected(options)
        session = fresh
        take(fresh)
        try fresh.subscribe(subscriptions)
        var answers: [SubscriptionAnswer] = []
        let deadline = MonotonicTime.milliseconds() + Int64(timeout)
        while answers.count < subscriptions.count {
            guard MonotonicTime.milliseconds() < deadline else {
                throw BrokerError(
                    code: 0,
                    context: "the broker did not answer the subscriptions of client \"\(options.clientID)\" within "
                        + "\(timeout) ms")
            }
            try pumpOnce(fresh, timeout: 100)
            answers += fresh.subscribed
            fresh.subscribed.removeAll()
        }
        if let refused = answers.first(where: \.isRefused) {
            throw BrokerError(
                code: refused.codes.first ?? 128,
                context: "the broker refused a subscription of client \"\(options.clientID)\"; its access rules must "
                    + "allow reading \(subscriptions.map(\.topic).joined(separator: ", "))")
        }
    }

    /// The same for topic filters at QoS 1.
    package func connect(topics: [String]) throws(BrokerError) {
        try connect(topics.map { Subscription(topic: $0) })
    }

    /// Receives for so many milliseconds.
    package func pump(milliseconds: Int) throws(BrokerError) {
        _ = try wait(milliseconds: milliseconds) { _ in false }
    }

    /// Receives until `condition` holds for what was received, or so many milliseconds have passed; says whether it
    /// came to hold.
    package func wait(
        milliseconds: Int, until condition: ([ReceivedMessage]) -> Bool
    ) throws(BrokerError) -> Bool {
        let deadline = MonotonicTime.milliseconds() + Int64(milliseconds)
        while !condition(received) {
            let left = Int(deadline - MonotonicTime.milliseconds())
            guard left > 0 else { return false }
            guard let session else {
                throw BrokerError(
                    code: 0, context: "subscribing client \"\(options.clientID)\" is not connected; connect it first")
            }
            try pumpOnce(session, timeout: min(left, 1_000))
        }
        return true
    }

    /// Says goodbye.
    package func disconnect() {
        session?.disconnectGracefully()
        session = nil
    }

    /// Vanishes without a word.
    package func abandon() {
        session?.abandon()
        session = nil
    }

    private func pumpOnce(_ session: MQTTSession, timeout: Int) throws(BrokerError) {
        defer { take(session) }
        try session.pump(timeout: timeout, lastKeepAlive: &lastKeepAlive)
    }

    private func take(_ session: MQTTSession) {
        let arena = session.incoming
        for (index, record) in arena.records.enumerated() {
            let payload = unsafe Array(arena.payload(index))
            received.append(
                ReceivedMessage(
                    topic: arena.topicText(index), payload: payload, qos: record.qos, retained: record.retained))
        }
        arena.removeAll()
    }
}
