import Broker
import Foundation
import Telemetry
import TestKit

/// Measures how long alarms take from a gateway's publish to their event at a consumer, beside other alarms.
final class AlarmProbe {
    private let listener: SubscribingClient
    private let gateway: PublishingClient
    private let eventsPerSecond: Int
    private let noise: Int
    private var nextNoise: Int64 = 0
    private var noisy = 0

    /// - Parameter noise: how many points `N-0`… of gateway `noise` alarm and return meanwhile.
    init(_ broker: MosquittoServer, eventsPerSecond: Int = 0, noise: Int = 1) throws {
        listener = SubscribingClient(options: SessionOptions(clientID: "bench-probe-listener", urls: [broker.address]))
        try listener.connect(topics: ["hazard/v1/events/probe"])
        gateway = PublishingClient(options: SessionOptions(clientID: "bench-probe", urls: [broker.address]))
        try gateway.connect()
        self.eventsPerSecond = eventsPerSecond
        self.noise = noise
    }

    /// Alarms and returns of `P-1`, one after the other, each waited for.
    func measure(alarms: Int) throws -> Latencies {
        var latencies = Latencies()
        for number in 0..<(alarms * 2) {
            listener.received.removeAll()
            let began = SystemClock.nanoseconds()
            try publish("probe", "\"P-1\":\(number % 2 == 0 ? 20 : 0)")
            let isHeard = try listener.wait(milliseconds: 5_000) { messages in
                messages.contains { $0.text.contains("probe/P-1/H") }
            }
            guard isHeard else { throw TestKitError("no event came of a probe") }
            latencies.add(SystemClock.nanoseconds() - began)
            let end = SystemClock.now().monotonic + Int64(7 + number % 13)
            while SystemClock.now().monotonic < end {
                try makeNoise()
                try listener.pump(milliseconds: 2)
            }
            try gateway.pump()
        }
        return latencies
    }

    private func publish(_ name: String, _ values: String) throws {
        try gateway.publish(
            "hazard/v1/gateways/\(name)/telemetry", "{\"ts\":\(SystemClock.now().wall),\"values\":{\(values)}}")
    }

    /// The next alarm or return of others, once its time has come.
    private func makeNoise() throws {
        let now = SystemClock.now().monotonic
        guard eventsPerSecond > 0, now >= nextNoise else { return }
        nextNoise = now + 1_000 / Int64(eventsPerSecond)
        let isOn = noisy / noise % 2 == 0
        try publish("noise", "\"N-\(noisy % noise)\":\(isOn ? 20 : 0)")
        noisy += 1
    }
}
