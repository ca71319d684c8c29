import ArgumentParser
import Broker
import Foundation
import Telemetry
import TestKit

/// `hazard-bench escalation`
struct EscalationCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "escalation",
        abstract: "How fast consumers claim escalations and answer for them, and how soon a waiting one is told.")

    private static let sites = 10
    private static let pointsPerSite = 1_000
    private static let tiers = 4
    /// The farm whose telemetry comes while latency is measured, 50 samples a message.
    private static let farm = (sites: 20, points: 50)
    private static let escalations = sites * pointsPerSite * tiers
    static let batch = 100

    @OptionGroup var options: BenchOptions

    @Option(help: ArgumentHelp("Consumers that settle at once, as fast as it goes.", valueName: "count"))
    var consumers = 16

    @Option(help: ArgumentHelp("Alarms of a run where latency is measured.", valueName: "count"))
    var alarms = 500

    @Option(help: ArgumentHelp("Samples a second while latency beside consumers is measured.", valueName: "rate"))
    var load = 20_000

    @Option(help: ArgumentHelp("Escalations a second that consumers settle meanwhile.", valueName: "rate"))
    var pace = 2_000

    func validate() throws {
        guard pace >= 1 else { throw ValidationError("--pace is \(pace); valid: a whole number from 1 on") }
    }

    func run() throws {
        let node = try EscalationCommand.node()
        try node.start()
        defer { node.stop() }
        let gateway = PublishingClient(
            options: SessionOptions(clientID: "bench-gateway", urls: [node.broker.address]))
        try gateway.connect()
        try measureRate(node, gateway)
        try measureWake(node, gateway)
        try measureLatency(node, gateway)
    }

    /// Sites that all alarm at once and tell every tier at once, and one that only probes alarm at.
    private static func node() throws -> BenchNode {
        var files = [
            "probe.yaml": "site: probe\npolicy: probe\npoints_file: probe.points.csv\n",
            "probe.points.csv": "point,gateway,tag,H,stale_after_s\nP-1,probe,P-1,10,0\n",
        ]
        for site in 0..<sites {
            files["flood-\(site).yaml"] =
                "site: flood-\(site)\narea: city/county-\(site)\npolicy: flood\npoints_file: flood-\(site).points.csv\n"
            files["flood-\(site).points.csv"] =
                "point,gateway,tag,H,stale_after_s\n"
                + (0..<pointsPerSite).map { "P-\($0),flood-\(site),P-\($0),10,0\n" }.joined()
        }
        let atOnce = "[0s, 0s, 0s, 0s]"
        let tiers = "[enterprise, township, county, city]"
        return try BenchNode(
            sites: farm.sites, points: farm.points, extraSites: files,
            policies: """
                policies:
                  default: {tiers: [enterprise], climb: {critical: [], high: [], medium: [], low: []}}
                  flood:
                    tiers: \(tiers)
                    climb: {critical: \(atOnce), high: \(atOnce), medium: \(atOnce), low: \(atOnce)}
                    stop_on: [returned]
                    repeat: 0s
                  probe:
                    tiers: [probe]
                    climb: {critical: [0s], high: [0s], medium: [0s], low: [0s]}
                    stop_on: [returned]
                    repeat: 0s

                """)
    }

    /// Has every point of the flooded sites alarm, or return.
    private static func publish(_ value: Int, _ gateway: PublishingClient) throws {
        for site in 0..<sites {
            let values = (0..<pointsPerSite).map { "\"P-\($0)\":\(value)" }.joined(separator: ",")
            let body = "{\"ts\":\(SystemClock.now().wall),\"values\":{\(values)}}"
            try gateway.publish("hazard/v1/gateways/flood-\(site)/telemetry", body)
        }
        guard try gateway.flush() else { throw TestKitError("the broker did not acknowledge the flood") }
    }

    // MARK: Rate

    private func measureRate(_ node: BenchNode, _ gateway: PublishingClient) throws {
        var figure = Figure("escalation.settled", unit: "tasks/s", beside: "the same rows in plain SQLite")
        guard options.wants(figure.id) else { return }
        try options.measure(&figure) {
            try fill(node, gateway)
            let consumers = EscalationConsumers(node.state, count: consumers)
            let seconds = try consumers.settle(EscalationCommand.escalations)
            return (
                Double(EscalationCommand.escalations) / seconds, try PlainQueue.settle(EscalationCommand.escalations)
            )
        }
    }

    /// Has as many tasks ready as a run settles.
    private func fill(_ node: BenchNode, _ gateway: PublishingClient) throws {
        let client = ControlConnection(node.state)
        let ready = "hazardd_escalations{state=\"ready\"}"
        try EscalationCommand.publish(0, gateway)
        try Wait.until("the queue is empty", seconds: 60, every: 0.05) { try client.figure(ready) == 0 }
        try EscalationCommand.publish(20, gateway)
        try Wait.until("everything is ready and published", seconds: 60, every: 0.05) {
            guard try client.figure(ready) >= EscalationCommand.escalations else { return false }
            return try client.figure("hazardd_events_published") >= client.figure("hazardd_events_total")
        }
    }

    // MARK: Wake-up

    /// From the commit of the announcement to a consumer that waits for it, by the daemon's own clock.
    private func measureWake(_ node: BenchNode, _ gateway: PublishingClient) throws {
        guard options.wants("escalation.wake") else { return }
        var figures = LatencyFigures("escalation.wake", beside: "the same announcement over MQTT")
        let listener = SubscribingClient(
            options: SessionOptions(clientID: "bench-listener", urls: [node.broker.address]))
        try listener.connect(topics: ["hazard/v1/escalations/probe/#"])
        for run in 0...options.runs {
            let (claimed, heard) = try wake(node, gateway, listener)
            guard run > 0 else { continue }
            figures.add(claimed, beside: heard)
        }
        figures.show(options)
    }

    private func wake(
        _ node: BenchNode, _ gateway: PublishingClient, _ listener: SubscribingClient
    ) throws -> (claimed: Latencies, heard: Latencies) {
        let client = ControlConnection(node.state)
        var claimed = Latencies()
        var heard = Latencies()
        for number in 0..<alarms {
            listener.received.removeAll()
            let waiting = client.claimLater(limit: 1, wait: 10, tiers: ["probe"])
            try listener.pump(milliseconds: 5 + number % 13)
            let began = SystemClock.nanoseconds()
            try gateway.publish(
                "hazard/v1/gateways/probe/telemetry", "{\"ts\":\(SystemClock.now().wall),\"values\":{\"P-1\":20}}")
            guard try listener.wait(milliseconds: 5_000, until: { !$0.isEmpty }) else {
                throw TestKitError("no escalation was published")
            }
            heard.add(SystemClock.nanoseconds() - began)
            let (tasks, answered) = try waiting()
            guard tasks.count == 1 else { throw TestKitError("\(tasks.count) escalations were claimed, not 1") }
            claimed.add(answered - began)
            try client.report(tasks)
            try gateway.publish(
                "hazard/v1/gateways/probe/telemetry", "{\"ts\":\(SystemClock.now().wall),\"values\":{\"P-1\":0}}")
            guard try gateway.flush() else { throw TestKitError("the broker did not acknowledge a probe") }
        }
        return (claimed, heard)
    }

    // MARK: Latency of telemetry and alarms meanwhile

    /// What consumers at a steady pace cost whatever comes meanwhile. The daemon is left alone before and after, which
    /// tells how much the same measurement differs from itself.
    private func measureLatency(_ node: BenchNode, _ gateway: PublishingClient) throws {
        guard options.wants("escalation.ingest") || options.wants("escalation.latency") else { return }
        let load = try node.startLoad([
            "--sites", "\(EscalationCommand.farm.sites)", "--points", "\(EscalationCommand.farm.points)",
            "--samples-per-second", "\(self.load)", "--duration", "3600",
        ])
        defer { load.kill(SIGTERM) }
        let samples = try IngestProbe(node)
        try measureLatency("escalation.ingest", node, gateway) { try samples.measure(samples: alarms * 2) }
        let events = try AlarmProbe(node.broker)
        try measureLatency("escalation.latency", node, gateway) { try events.measure(alarms: alarms) }
    }

    private func measureLatency(
        _ group: String, _ node: BenchNode, _ gateway: PublishingClient, _ measure: () throws -> Latencies
    ) throws {
        guard options.wants(group) else { return }
        var figures = LatencyFigures(group, beside: "the same queue, left alone")
        let consumers = max(1, pace / EscalationCommand.paceOfOne)
        for run in 0...options.runs {
            try fill(node, gateway)
            // What a flood leaves to be done is no consumer's doing.
            sleep(EscalationCommand.rest)
            let alone = try measure()
            let steady = EscalationConsumers(node.state, count: consumers)
            let began = SystemClock.nanoseconds()
            steady.start(perSecond: pace, of: EscalationCommand.escalations)
            let beside = try measure()
            let settled = try EscalationCommand.escalations - steady.stop()
            let rate = Double(settled) * 1e9 / Double(SystemClock.nanoseconds() - began)
            guard rate >= Double(pace) * EscalationCommand.leastShare else {
                throw TestKitError("consumers settled \(Int(rate)) a second, not \(pace)")
            }
            // The gateway has been silent for so long that the broker would soon take it for gone.
            try gateway.pump()
            let again = try measure()
            guard run > 0 else { continue }
            figures.add(beside, beside: alone, again: again)
        }
        figures.show(options)
    }

    /// Escalations a second that one consumer is to settle.
    private static let paceOfOne = 1_000
    /// How long the daemon is left to itself after the flood, in seconds.
    private static let rest: UInt32 = 3
    /// How much of the pace must have come true.
    private static let leastShare = 0.8
}
