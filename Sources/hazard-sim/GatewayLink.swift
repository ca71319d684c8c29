import Broker
import Simulation
import Telemetry

/// One connection to the broker, carrying one gateway or, in large farms, several.
///
/// Like a real gateway it stores and forwards: what the broker has not acknowledged when a connection is lost is sent
/// again on the next one, before what came meanwhile.
final class GatewayLink {
    private struct Publication {
        var topic: String
        var payload: [UInt8]
    }

    /// The most messages kept while the broker is away; the oldest go first.
    private static let storeLimit = 100_000
    /// Milliseconds between attempts to connect again.
    private static let retryPause: Int64 = 1_000

    private(set) var published = 0
    private(set) var acknowledged = 0
    /// Messages that found the store full.
    private(set) var dropped = 0
    private let gateways: [String]
    private let client: PublishingClient
    private var inFlight: [Int: Publication] = [:]
    private var store: [Publication] = []
    private var nextAttempt: Int64 = 0

    /// The last will speaks for the first gateway: a connection has only one.
    init(gateways: [String], session: SessionOptions, window: Int) {
        self.gateways = gateways
        var options = session
        let first = gateways.first ?? "none"
        options.clientID = "hazard-sim-\(first)"
        options.will = Will(topic: GatewayLink.statusTopic(first), payload: Array("{\"online\":false}".utf8))
        client = PublishingClient(options: options, window: window)
        client.onAcknowledged = { [weak self] number in
            guard self?.inFlight.removeValue(forKey: number) != nil else { return }
            self?.acknowledged += 1
        }
    }

    func connect() throws(BrokerError) {
        try client.connect()
        try announce(online: true)
    }

    /// Sends telemetry, or keeps it until the broker is back.
    func publish(_ message: GatewayMessage) {
        published += 1
        let topic = "hazard/v1/gateways/\(message.gateway)/telemetry"
        send(Publication(topic: topic, payload: message.payload))
    }

    /// Takes in acknowledgements, and connects again if the connection is lost and it is time to try.
    func service(now: Instant) {
        if client.isConnected {
            do {
                try client.pump()
            } catch {
                client.abandon()
            }
            return
        }
        guard now.monotonic >= nextAttempt else { return }
        nextAttempt = now.monotonic + GatewayLink.retryPause
        do {
            let unknown = inFlight.sorted { $0.key < $1.key }.map { $0.value }
            try connect()
            inFlight.removeAll()
            let waiting = unknown + store
            store = []
            for publication in waiting { send(publication) }
        } catch {
            client.abandon()
        }
    }

    /// Waits for the last acknowledgements and says goodbye.
    func close(timeout: Int) throws(BrokerError) {
        _ = try client.flush(timeout: timeout)
        try announce(online: false)
        _ = try client.flush(timeout: timeout)
        client.disconnect()
    }

    private func send(_ publication: Publication) {
        if client.isConnected {
            do {
                let number = try client.publish(publication.topic, publication.payload)
                inFlight[number] = publication
                return
            } catch {
                client.abandon()
            }
        }
        if store.count >= GatewayLink.storeLimit {
            store.removeFirst(GatewayLink.storeLimit / 10)
            dropped += GatewayLink.storeLimit / 10
        }
        store.append(publication)
    }

    private func announce(online: Bool) throws(BrokerError) {
        for gateway in gateways {
            let payload = "{\"online\":\(online),\"ts\":\(SystemClock.now().wall)}"
            try client.publish(GatewayLink.statusTopic(gateway), payload, retain: true)
        }
    }

    private static func statusTopic(_ gateway: String) -> String {
        "hazard/v1/gateways/\(gateway)/status"
    }
}
