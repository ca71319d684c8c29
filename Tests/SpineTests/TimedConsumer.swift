import Broker

/// A consumer that notes when each message came, by this machine's clock.
final class TimedConsumer {
    private let client: SubscribingClient
    /// Of each received message in turn, UTC milliseconds.
    private(set) var arrivals: [Int64] = []

    init(_ client: SubscribingClient) {
        self.client = client
    }

    var received: [ReceivedMessage] { client.received }

    /// Takes in what comes until something has, or so many milliseconds have passed.
    func listen(milliseconds: Int) throws {
        let known = arrivals.count
        _ = try client.wait(milliseconds: milliseconds) { $0.count > known }
        let now = Spine.now
        while arrivals.count < client.received.count { arrivals.append(now) }
    }
}
