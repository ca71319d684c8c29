import ArgumentParser
import Broker
import Foundation
import Telemetry

/// `hazard-bench discard`: the client beside which ingest is measured, in a process of its own.
struct DiscardCommand: ParsableCommand {
    static let readyMark = "subscribed"
    static let configuration = CommandConfiguration(
        commandName: "discard", abstract: "Take telemetry in and throw it away; prints the seconds it took.",
        shouldDisplay: false)

    @Option var broker: String
    @Option var messages: Int

    func run() throws {
        let address = try BrokerAddress(url: broker)
        let subscriber = try DiscardingSubscriber(
            clientID: "hazard-bench-discard", address: address, topic: "hazard/v1/gateways/+/telemetry",
            receiveMaximum: 20_000)
        say(DiscardCommand.readyMark)
        try subscriber.run(until: 1, address: address)
        let began = SystemClock.nanoseconds()
        try subscriber.run(until: messages, address: address)
        say("\(Double(SystemClock.nanoseconds() - began) / 1e9)")
    }

    private func say(_ text: String) {
        try? FileHandle.standardOutput.write(contentsOf: Data((text + "\n").utf8))
    }
}
