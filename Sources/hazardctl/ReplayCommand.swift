import Alarms
import ArgumentParser
import Registry
import Replay
import Settings
import Store
import Telemetry

/// `hazardctl replay`
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Show what alarms rules would have given on recorded history.",
        discussion: """
            Runs what is on record through the daemon's own engine, with the rules in force and, with --registry, with \
            proposed ones beside them, and shows alarm by alarm what is new, gone, earlier or later. Also shows where \
            the rules in force and the alarms on record differ. Nothing is written, and nobody is told. Samples that \
            came long after they were measured (imports, backlogs) are replayed at the time they were measured. Not \
            replayed: what operators did, escalations, refused input, a gateway's counter and clock (GAP, CLOCK), and \
            the node's own alarms; a raise after a return counts as a raise of its own, acknowledged or not. The \
            configuration of now is taken for the whole time.
            """)

    @Option(parsing: .unconditional, help: ArgumentHelp("First time. \(MomentArgument.help)", valueName: "t"))
    var from: MomentArgument

    @Option(parsing: .unconditional, help: ArgumentHelp("Last time; the same forms.", valueName: "t"))
    var to = MomentArgument.now

    @Option(help: ArgumentHelp("Proposed rules: a folder of site files.", valueName: "dir"))
    var registry: String?

    @Option(help: ArgumentHelp("Policies for them, if they name others than those in force.", valueName: "file"))
    var policies: String?

    @Option(help: ArgumentHelp("Show no more single differences than so many, 1,000 at most.", valueName: "number"))
    var limit = 50

    @Option(
        help: ArgumentHelp(
            "A file to make with every alarm that the rules gave, one JSON object a line.", valueName: "file"))
    var alarms: String?

    @Option(help: "table or json.")
    var format = TableFormat.table

    @OptionGroup var node: Node

    func validate() throws {
        guard policies == nil || registry != nil else {
            throw ValidationError("--policies goes with --registry: it names policies for proposed rules")
        }
        guard (0...Replay.mostDifferences).contains(limit) else {
            throw ValidationError("--limit is \(limit); valid: a whole number from 0 to \(Replay.mostDifferences)")
        }
    }

    func run() async throws {
        let configuration = try node.configuration()
        let proposed = try registry.map { try configuration.proposing(registry: $0, policies: policies) }
        let now = SystemClock.now().wall
        let first = try from.resolved(at: now, timeZone: configuration.settings.timeZone)
        let last = min(now, try to.resolved(at: now, timeZone: configuration.settings.timeZone))
        guard first <= last else {
            throw CommandFailure(.usage, "--from is later than --to; valid: a first time and one not before it")
        }
        let folder = StateFolder(configuration.settings.stateDirectory)
        let began = SystemClock.nanoseconds()
        let replay = Replay(
            try StateReader(folder), folder, inForce: configuration, proposed: proposed, times: first...last)
        let report = try report(of: replay)
        let seconds = Double(SystemClock.nanoseconds() - began) / 1e9
        var output = StandardOutput()
        switch format {
        case .json: output.line(ReplayJSON(report: report, limit: limit).text(seconds: seconds))
        case .table:
            ReplayPage(report: report, limit: limit, time: LocalTime(configuration.settings.timeZone))
                .show(seconds: seconds, to: &output)
        }
        output.flush()
    }

    private func report(of replay: Replay) throws -> ReplayReport {
        guard let alarms else { return try replay.run() }
        var file = try OutputFile(alarms)
        let report = try replay.run { alarm in
            file.append(ReplayCommand.line(alarm))
            try file.relieve()
        }
        try file.close()
        return report
    }

    /// Times in UTC milliseconds, as in events' data.
    private static func line(_ alarm: ReplayedAlarm) -> String {
        var json = JSONText()
        json.member("rules", alarm.rules.rawValue)
        json.member("subject", alarm.subject.description)
        json.member("priority", alarm.priority.name)
        json.member("raised_at", alarm.raisedAt)
        json.member("sampled_at", alarm.sampledAt)
        json.member("returned_at", alarm.returnedAt)
        return json.object + "\n"
    }
}
