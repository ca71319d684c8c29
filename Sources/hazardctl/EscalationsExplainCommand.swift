import Alarms
import ArgumentParser
import Escalation
import Registry
import Settings
import Store
import Telemetry

/// `hazardctl escalations explain`
struct EscalationsExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Show of one episode what was told to whom and when, what comes next, and why it stopped.",
        discussion: """
            Read from the state; it needs no running daemon. What comes next goes by the policy that the episode was born under, and \
            by rosters and special periods as the files have them now.
            """)

    @Argument(
        help: ArgumentHelp(
            "The episode as `hazardctl alarms` or `escalations list` shows it, or SITE/OBJECT/CONDITION of an alarm that stands.",
            valueName: "episode"))
    var alarm: String

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("How far to look ahead, such as 8h; 24h if not said.", valueName: "time"))
    var length: DurationArgument?

    @Option(help: "table or json.")
    var format = TableFormat.table

    @OptionGroup var node: Node

    func run() async throws {
        let configuration = try node.configuration()
        let settings = configuration.settings
        let reader = try StateReader(StateFolder(settings.stateDirectory))
        let episode = try episode(reader)
        guard let record = try reader.episode(episode) else {
            throw CommandFailure(
                "nothing is on record of episode \(episode); `hazardctl escalations list --all` lists those that climbed"
            )
        }
        let now = SystemClock.now().wall
        let site = configuration.registry.sites.first { $0.name == record.site }
        let policy = record.policy ?? configuration.policies[site?.policy ?? "default"] ?? .standard
        let forecast = ClimbForecast(
            resuming: record.openTasks, policy: policy, priority: record.priority ?? .critical,
            grade: configuration.escalation.grades.grade(site: record.site, source: record.source), site: site,
            now: now, periods: configuration.specialPeriods, duty: configuration.duty,
            until: now + (length?.milliseconds ?? EscalationsSimulateCommand.usualLength))
        let page = EpisodePage(
            episode: episode, record: record, ending: record.ending(by: policy),
            listing: ForecastListing(forecast: forecast, time: LocalTime(settings.timeZone), start: now))
        var output = StandardOutput()
        switch format {
        case .json: output.line(page.json)
        case .table: page.print(to: &output)
        }
        output.flush()
    }

    private func episode(_ reader: StateReader) throws -> ULID {
        if let episode = ULID(alarm) { return episode }
        guard let subject = AlarmSubject(alarm) else {
            throw CommandFailure(
                .usage, "\(alarm.printable) is no alarm; valid: an episode of 26 characters, or SITE/OBJECT/CONDITION")
        }
        guard let standing = try reader.alarm(subject) else {
            throw CommandFailure("alarm \(subject) is normal; valid: the episode, which its events have")
        }
        return standing.episode
    }
}
