import Alarms
import ArgumentParser
import Settings
import Store
import Telemetry

/// `hazardctl config log`
struct ConfigLogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "List the configurations applied, newest first.")

    @Option(help: "table or json.")
    var format = TableFormat.table

    @OptionGroup var node: Node

    func run() async throws {
        let settings = try node.settings()
        let versions = try StateReader(StateFolder(settings.stateDirectory)).configurationVersions()
        var output = StandardOutput()
        switch format {
        case .json: output.line("{\"versions\":[\(versions.map(\.json).joined(separator: ","))]}")
        case .table: show(versions, LocalTime(settings.timeZone), &output)
        }
        output.flush()
    }

    private func show(_ versions: [ConfigurationVersion], _ time: LocalTime, _ output: inout StandardOutput) {
        var table = TextTable("VERSION", "APPLIED", "BY", "POINTS", "OTHER", "REASON")
        for version in versions {
            let points = version.changes.map { "+\($0.pointsAdded) -\($0.pointsRemoved) ~\($0.pointsChanged)" }
            table.add(
                "\(version.version)", time.text(version.appliedAt), (version.author ?? "-").printable, points ?? "-",
                version.changes.map { "\($0.other)" } ?? "-", (version.reason ?? "").printable)
        }
        table.print(to: &output, ifEmpty: "no configuration was applied yet")
    }
}

extension ConfigurationVersion {
    fileprivate var json: String {
        var json = JSONText()
        json.member("version", Int64(version))
        json.member("fingerprint", fingerprint)
        json.member("applied_at", TimestampText.utc(appliedAt))
        json.member("author", author)
        json.member("reason", reason)
        json.member("points_added", changes.map { Int64($0.pointsAdded) })
        json.member("points_removed", changes.map { Int64($0.pointsRemoved) })
        json.member("points_changed", changes.map { Int64($0.pointsChanged) })
        json.member("other_changes", changes.map { Int64($0.other) })
        return json.object
    }
}
