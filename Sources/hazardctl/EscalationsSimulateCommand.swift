import Alarms
import ArgumentParser
import Escalation
import Registry
import Settings
import Telemetry

/// `hazardctl escalations simulate`
struct EscalationsSimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Show who would be told when if an alarm were raised and nobody acted. It tells nobody.",
        discussion: """
            Goes by the configuration as the files have it: the site's policy, the grade of the hazard source, rosters and special \
            periods. It needs no daemon and no state.
            """)

    @Argument(help: ArgumentHelp("SITE/POINT.", valueName: "point"))
    var point: String

    @Argument(help: ArgumentHelp("Such as HH.", valueName: "condition"))
    var condition: String

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("When it is raised: \(MomentArgument.help)", valueName: "time"))
    var at = MomentArgument.now

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("How far to look ahead, such as 8h; 24h if not said.", valueName: "time"))
    var length: DurationArgument?

    @Option(help: "table or json.")
    var format = TableFormat.table

    @OptionGroup var node: Node

    static let usualLength: Int64 = 86_400_000

    /// What is raised.
    private struct Raise {
        let subject: AlarmSubject
        let priority: Priority
        let source: String
        let grade: Int?
        let site: Site
        let policy: EscalationPolicy
    }

    func run() async throws {
        let configuration = try node.configuration()
        let settings = configuration.settings
        let start = try at.resolved(at: SystemClock.now().wall, timeZone: settings.timeZone)
        let end = start + (length?.milliseconds ?? EscalationsSimulateCommand.usualLength)
        let raise = try raise(in: configuration, at: start)
        let forecast = ClimbForecast(
            policy: raise.policy, priority: raise.priority, grade: raise.grade, site: raise.site, raisedAt: start,
            periods: configuration.specialPeriods, duty: configuration.duty, until: end)
        let listing = ForecastListing(forecast: forecast, time: LocalTime(settings.timeZone), start: start)
        var output = StandardOutput()
        switch format {
        case .json:
            var json = JSONText()
            json.member("subject", raise.subject.description)
            json.member("priority", raise.priority.name)
            json.member("source", raise.source.isEmpty ? nil : raise.source)
            json.member("grade", raise.grade.map { Int64($0) })
            json.member("policy", raise.policy.name)
            json.member("raised_at", start)
            json.member("until", end)
            listing.members(of: &json)
            output.line(json.object)
        case .table:
            output.line("\(raise.subject) of priority \(raise.priority.name), raised \(listing.time.text(start))")
            output.line("policy \(raise.policy.name)\(words(raise)); stopped by \(stops(raise))")
            output.line("")
            listing.print(to: &output, ifEmpty: "nobody would be told until \(listing.time.text(end))")
        }
        output.flush()
    }

    private func words(_ raise: Raise) -> String {
        guard !raise.source.isEmpty else { return "" }
        let grade = raise.grade.map { "of grade \($0)" } ?? "without a grade"
        return ", hazard source \(raise.source.printable) \(grade)"
    }

    private func stops(_ raise: Raise) -> String {
        let words = raise.policy.stopOn(raise.priority).map(\.rawValue).sorted()
        return words.isEmpty ? "nothing but the alarm's end" : words.joined(separator: " or ")
    }

    private func raise(in configuration: Configuration, at time: Int64) throws -> Raise {
        let registry = configuration.registry
        guard case .found(let index)? = registry.matches([point]).first else {
            throw CommandFailure(
                "no one point is \(point.printable); valid: SITE/POINT, as `hazardctl points` lists them")
        }
        let found = registry[index]
        let site = registry.sites[found.site]
        guard let condition = Condition(name: condition), let rule = found.rule(condition) else {
            let valid = found.rules.map(\.condition.name).joined(separator: ", ")
            throw CommandFailure(
                "\(site.name)/\(found.name) has no \(self.condition.printable); valid: \(valid.isEmpty ? "none" : valid)"
            )
        }
        let steps = configuration.specialPeriods.filter { $0.times.contains(time) && $0.covers(site.name) }
            .map(\.prioritySteps).max()
        return Raise(
            subject: AlarmSubject(site: site.name, object: found.name, condition: condition),
            priority: rule.priority.raised(by: steps ?? 0), source: found.source,
            grade: configuration.escalation.grades.grade(site: site.name, source: found.source), site: site,
            policy: configuration.policies[site.policy] ?? .standard)
    }
}
