import Alarms
import ArgumentParser
import Registry
import Settings
import Store

/// `hazardctl config diff`
struct ConfigDiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Tell what changed between two configurations: points by their cells, the rest by its path.",
        discussion: """
            With one version, what it changed; without any, what the files of --config would change if they were \
            applied now.
            """)

    @Argument(help: "The version before, or the one to tell of.")
    var version: Int?

    @Argument(help: "The version after.")
    var other: Int?

    @Option(help: "table or json.")
    var format = TableFormat.table

    @OptionGroup var node: Node

    func run() async throws {
        let argument = ConfigVersionArgument(reader: try node.reader())
        let before: ConfigurationFiles
        let after: ConfigurationFiles
        if let version, let other {
            before = try argument.version(version).files
            after = try argument.version(other).files
        } else if let version {
            after = try argument.version(version).files
            before = version > 1 ? try argument.version(version - 1).files : ConfigurationFiles()
        } else {
            before = try argument.version(nil).files
            var files = ConfigurationFiles()
            _ = try node.configuration { files.add(name: $0, bytes: $1) }
            after = files
        }
        show(ConfigurationDiff(from: before, to: after))
    }

    private func show(_ diff: ConfigurationDiff) {
        var output = StandardOutput()
        if format == .json {
            var json = JSONText()
            json.member("points_added", Int64(diff.pointsAdded))
            json.member("points_removed", Int64(diff.pointsRemoved))
            json.member("points_changed", Int64(diff.pointsChanged))
            json.member("other_changes", Int64(diff.otherChanges))
            json.member("changes", json: "[\(diff.lines.map { JSONText.string($0) }.joined(separator: ","))]")
            output.line(json.object)
        } else {
            for line in diff.lines { output.line(line.printable) }
            if diff.untold > 0 { output.line("… and \(diff.untold) more") }
            output.line(
                "points: \(diff.pointsAdded) added, \(diff.pointsRemoved) removed, \(diff.pointsChanged) changed; "
                    + "\(diff.otherChanges) other changes")
        }
        output.flush()
    }
}
