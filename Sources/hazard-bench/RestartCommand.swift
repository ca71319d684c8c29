import ArgumentParser
import Broker
import Foundation
import Pipeline
import Store
import Telemetry
import TestKit

/// `hazard-bench restart`
struct RestartCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restart",
        abstract: "How long after SIGKILL and a new start telemetry is evaluated and committed again.")

    private static let pointsPerSite = 1_000
    private static let bounds = [100_000: 2.0, 1_000_000: 10.0]

    @OptionGroup var options: BenchOptions

    @Option(help: ArgumentHelp("Points of the registry.", valueName: "count"))
    var points = [100_000, 1_000_000]

    @Option(help: ArgumentHelp("Seconds of journal since the last snapshot.", valueName: "seconds"))
    var journal = 60

    @Option(help: ArgumentHelp("Alarms that stand.", valueName: "count"))
    var alarms = 1_000

    func run() throws {
        for count in points where options.wants("restart.\(count)") { try measure(count) }
    }

    private func measure(_ points: Int) throws {
        let sites = max(1, points / RestartCommand.pointsPerSite)
        let node = try BenchNode(sites: sites, points: points / sites)
        try node.start(patience: 120)
        try raise(node)
        try fill(node, sites: sites, points: points)
        var figure = Figure("restart.\(points)", unit: "s", beside: "the bound")
        try options.measure(&figure) { (try restart(node), RestartCommand.bounds[points] ?? .nan) }
        node.kill()
    }

    /// Has so many levels stand above their limit.
    private func raise(_ node: BenchNode) throws {
        let gateway = PublishingClient(options: SessionOptions(clientID: "bench", urls: [node.broker.address]))
        try gateway.connect()
        let levelsOfSite = RestartCommand.pointsPerSite / 10
        for site in 0..<(alarms / levelsOfSite) {
            let values = (0..<levelsOfSite).map { "\"LT-\(101 + $0)\":9" }.joined(separator: ",")
            try gateway.publish(
                "hazard/v1/gateways/gw\(site + 1)/telemetry",
                "{\"ts\":\(SystemClock.now().wall),\"values\":{\(values)}}")
        }
        _ = try gateway.flush()
        let reader = try StateReader(node.state)
        try Wait.until("\(alarms) alarms stand", seconds: 30, every: 0.1) {
            try reader.status().standingAlarms >= Int64(alarms)
        }
    }

    /// Every point once a second, for as many seconds as are asked for, as fast as they are taken; times as if live.
    private func fill(_ node: BenchNode, sites: Int, points: Int) throws {
        let rounds = journal
        let batch = 500
        let load = try node.startLoad([
            "--sites", "\(sites)", "--points", "\(points / sites)", "--batch", "\(batch)", "--messages",
            "\(rounds * points / batch)",
        ])
        try Wait.until("\(rounds) seconds of telemetry are stored", seconds: 600, every: 0.2) {
            try StateReader(node.state).accounting().stored >= Int64(rounds * points)
        }
        guard load.wait(timeout: .seconds(60)) == 0 else { throw TestKitError("hazard-sim load: \(load.output)") }
    }

    /// Kills the daemon, starts it, and waits until a sample sent meanwhile is committed.
    private func restart(_ node: BenchNode) throws -> Double {
        node.kill()
        let gateway = PublishingClient(options: SessionOptions(clientID: "bench", urls: [node.broker.address]))
        try gateway.connect()
        let reader = try StateReader(node.state)
        let before = try reader.accounting().received
        let began = SystemClock.nanoseconds()
        try node.launch()
        try gateway.publish(
            "hazard/v1/gateways/gw1/telemetry", "{\"ts\":\(SystemClock.now().wall + 1),\"values\":{\"TT-101\":20.5}}")
        _ = try gateway.flush()
        try Wait.until("the sample is stored", seconds: 120) { try reader.accounting().received > before }
        return Double(SystemClock.nanoseconds() - began) / 1e9
    }
}
