import ArgumentParser
import Broker
import Foundation
import Telemetry
import TestKit

/// `hazard-bench latency`
struct LatencyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "latency",
        abstract: "How long an alarm takes from a gateway's publish to the event at a consumer, under load.")

    private static let sites = 20
    private static let pointsPerSite = 50
    private static let eventTopic = "hazard/v1/events/probe"

    @OptionGroup var options: BenchOptions

    @Option(help: ArgumentHelp("Alarms of a run.", valueName: "count"))
    var alarms = 200

    @Option(help: ArgumentHelp("Samples a second beside the alarms, 50 a message.", valueName: "rate"))
    var load = 20_000

    func run() throws {
        let node = try BenchNode(
            sites: LatencyCommand.sites, points: LatencyCommand.pointsPerSite,
            extraSites: [
                "probe.yaml": "site: probe\npoints_file: probe.points.csv\n",
                "probe.points.csv": "point,gateway,tag,H,stale_after_s\nP-1,probe,P-1,10,0\n",
            ])
        try node.start()
        defer { node.stop() }
        let relayBroker = try BenchNode.makeBroker()
        let folder = try TemporaryFolder("hazard-bench")
        let relay = try ChildProcess(
            try ProductsFolder.executable("hazard-bench"),
            ["relay", "--broker", relayBroker.url, "--database", folder.file("relay.sqlite")],
            output: folder.file("relay.log"))
        try Wait.until("the relay is ready", seconds: 10) { relay.output.contains(RelayCommand.readyMark) }

        var figures = LatencyFigures("alarm.latency", beside: "two hops and one commit")
        for run in 0...options.runs {
            let floor = try measure(relayBroker, folder, answers: RelayCommand.answerTopic) { _, number in
                (RelayCommand.probeTopic, "\(number)")
            }
            let own = try measure(node.broker, folder, answers: LatencyCommand.eventTopic) { time, number in
                let value = number % 2 == 0 ? 20 : 0
                return ("hazard/v1/gateways/probe/telemetry", "{\"ts\":\(time),\"values\":{\"P-1\":\(value)}}")
            }
            guard run > 0 else { continue }
            figures.add(own, beside: floor)
        }
        figures.show(options)
    }

    /// One run: alarms (and returns) one after the other under load, each waited for.
    private func measure(
        _ broker: MosquittoServer, _ folder: TemporaryFolder, answers: String,
        _ probe: (_ time: Int64, _ number: Int) -> (topic: String, payload: String)
    ) throws -> Latencies {
        let load = try BenchNode.startLoad(
            [
                "--sites", "\(LatencyCommand.sites)", "--points", "\(LatencyCommand.pointsPerSite)",
                "--samples-per-second", "\(self.load)", "--duration", "\(Double(alarms) * 0.1 + 30)",
            ], broker: broker, folder: folder)
        defer { load.kill(SIGTERM) }
        let listener = SubscribingClient(options: SessionOptions(clientID: "bench-listener", urls: [broker.address]))
        try listener.connect(topics: [answers])
        let gateway = PublishingClient(options: SessionOptions(clientID: "bench-gateway", urls: [broker.address]))
        try gateway.connect()
        try listener.pump(milliseconds: 500)
        var latencies = Latencies()
        for number in 0..<(alarms * 2) {
            listener.received.removeAll()
            let (topic, payload) = probe(SystemClock.now().wall, number)
            let began = SystemClock.nanoseconds()
            try gateway.publish(topic, payload)
            guard try listener.wait(milliseconds: 5_000, until: { !$0.isEmpty }) else {
                throw TestKitError("no answer on \(answers) to \(payload)")
            }
            latencies.add(SystemClock.nanoseconds() - began)
            // What else the event brought, such as a second one, is let go by; the gateway's acknowledgement comes.
            try listener.pump(milliseconds: 7 + number % 13)
            try gateway.pump()
        }
        return latencies
    }
}
