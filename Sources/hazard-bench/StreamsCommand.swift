import ArgumentParser
import Broker
import Foundation
import Telemetry
import TestKit

/// `hazard-bench streams`
struct StreamsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "streams",
        abstract: "How long an alarm takes while many consumers follow the event stream, half of them too slow.")

    private static let points = 500

    @OptionGroup var options: BenchOptions

    @Option(help: ArgumentHelp("Streams.", valueName: "count"))
    var streams = 500

    @Option(help: ArgumentHelp("Alarms of a run.", valueName: "count"))
    var alarms = 500

    @Option(help: ArgumentHelp("Other events a second.", valueName: "rate"))
    var events = 50

    func run() throws {
        let port = try FreePort.find()
        let list =
            "point,gateway,tag,H,stale_after_s\nP-1,probe,P-1,10,0\n"
            + (0..<StreamsCommand.points).map { "N-\($0),noise,N-\($0),10,0\n" }.joined()
        let node = try BenchNode(
            sites: 1, points: 1,
            extraSites: ["probe.yaml": "site: probe\npoints_file: probe.points.csv\n", "probe.points.csv": list],
            settings: "http: {listen: \"127.0.0.1:\(port)\", tokens_file: tokens.yaml}\n")
        let token = try StreamsCommand.makeToken(node)
        try node.start()
        defer { node.stop() }
        try Wait.until("HTTP is served", seconds: 10) { FreePort.isListening(port) }
        let probe = try AlarmProbe(node.broker, eventsPerSecond: events, noise: StreamsCommand.points)
        var latency = LatencyFigures("streams.latency", beside: "without streams")
        var memory = Figure("streams.memory", unit: "kB", beside: "resident without streams")
        for run in 0...options.runs {
            let alone = try probe.measure(alarms: alarms)
            let before = node.residentBytes
            let crowd = try StreamCrowd(count: streams, port: port, token: token)
            let beside = try probe.measure(alarms: alarms)
            let after = node.residentBytes
            let tally = crowd.stop()
            guard tally.ended == 0, tally.bytes > 0 else {
                throw TestKitError("\(tally.ended) of the streams that read were ended; they got \(tally.bytes) bytes")
            }
            let again = try probe.measure(alarms: alarms)
            guard run > 0 else { continue }
            latency.add(beside, beside: alone, again: again)
            memory.add(after / 1_024, beside: before / 1_024)
        }
        latency.show(options)
        if options.wants(memory.id) { FigurePrinter.show(memory, as: options.format) }
    }

    /// - Returns: the secret of a token that may read everything, as often as it likes.
    private static func makeToken(_ node: BenchNode) throws -> String {
        // Streams are opened faster than the usual rate of a token allows.
        try BenchNode.runToEnd(
            "hazardctl",
            [
                "token", "bench", "--role", "viewer", "--rate", "1000", "--append", "--config",
                node.folder.file("hazardd.yaml"),
            ],
            output: node.folder.file("token.log"))
        let text = try node.folder.read("token.log")
        guard let secret = text.split(separator: "\n").last, secret.hasPrefix("hzd_") else {
            throw TestKitError("hazardctl token gives no secret: \(text)")
        }
        return String(secret)
    }
}
