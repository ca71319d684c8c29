import ArgumentParser
import Registry
import Telemetry

/// `hazard-bench rules`
struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "What a sample costs with every condition of a point on, beside four limits alone.")

    @OptionGroup var options: BenchOptions

    @Option(help: ArgumentHelp("Points, each with the rules.", valueName: "count"))
    var points = 10_000

    func run() throws {
        var figure = Figure("rules.all", unit: "ns/sample", beside: "four limits alone")
        guard options.wants(figure.id) else { return }
        var all = try CoreIngest(points: points, durability: "full") { RulesCommand.giveRules(&$0, isAll: true) }
        var limits = try CoreIngest(points: points, durability: "full") { RulesCommand.giveRules(&$0, isAll: false) }
        try options.measure(&figure) { (try all.ingest(), try limits.ingest()) }
    }

    /// Gives every point four limits, and if asked for every other condition, none of which comes true. Neighbours of one
    /// gateway are redundant.
    private static func giveRules(_ registry: inout Registry, isAll: Bool) {
        var rules: [AlarmRule] = [
            AlarmRule(condition: .highHigh, limit: 1e9), AlarmRule(condition: .high, limit: 1e8),
            AlarmRule(condition: .low, limit: -1e8), AlarmRule(condition: .lowLow, limit: -1e9),
        ]
        if isAll {
            rules += [
                AlarmRule(condition: .rate, limit: 1e9, window: 60_000),
                AlarmRule(condition: .deviation, limit: 1e9),
                AlarmRule(condition: .flatline, window: 3_600_000), AlarmRule(condition: .stale),
                AlarmRule(condition: .bad), AlarmRule(condition: .range),
            ]
        }
        for place in registry.points.indices {
            registry.points[place].rules = rules
            registry.points[place].low = isAll ? -1e9 : nil
            registry.points[place].high = isAll ? 1e9 : nil
            registry.points[place].staleAfter = isAll ? 120_000 : 0
        }
        guard isAll else { return }
        for place in stride(from: 1, to: registry.points.count, by: 2)
        where registry.points[place].gateway == registry.points[place - 1].gateway {
            registry.redundantGroups.append(RedundantGroup(points: [place - 1, place], limit: 1e9, within: 10_000))
        }
    }
}
