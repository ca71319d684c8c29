import Alarms
import ArgumentParser
import Foundation
import OperatorAPI
import Registry
import Settings
import Telemetry

/// `hazardctl token`
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Make a token for the HTTP interface.",
        discussion: """
            Prints the token, which is shown this once and kept nowhere, and the entry by which hazardd knows it. The \
            entry belongs into the file that http.tokens_file names; --append adds it there. It is in force after \
            `hazardctl reload` or SIGHUP. To withdraw a token, take its entry out and reload.
            """)

    @Argument(help: "Who will bear it, as it stands on record: letters, digits, '_', '.' and '-'.")
    var name: String

    @Option(help: "viewer, operator, engineer or consumer.")
    var role: AccessToken.Role

    @Option(
        help: ArgumentHelp(
            "An area that it sees, such as dongying/kenli; may be repeated. All without.", valueName: "area"))
    var area: [String] = []

    @Option(help: ArgumentHelp("When it ends: a time with its zone, or so long from now, such as 90d.", valueName: "t"))
    var expires: String?

    @Option(help: ArgumentHelp("Requests a second; 50 without.", valueName: "number"))
    var rate: Double?

    @Flag(help: "Add the entry to the file that http.tokens_file names, which is made if it is not there.")
    var append = false

    @OptionGroup var node: Node

    func run() async throws {
        var random = SystemRandomNumberGenerator()
        let secret = TokenSecret(from: &random)
        let entry = try entry(secret)
        let log = FaultLog()
        _ = AccessTokenReader.read(
            Array("tokens:\n\(entry)\n".utf8), file: SourceFile(argument: "the entry"), log: log)
        try log.rejectIfFaulty()
        var output = StandardOutput()
        if append {
            guard let path = try node.settings().http?.tokensFile else {
                throw CommandFailure(
                    "\(node.config.printable) names no file in http.tokens_file; valid: the path of one")
            }
            try TokenFile(path: path).append(entry)
            output.line("# added to \(path); `hazardctl reload` puts it in force")
        } else {
            output.line("# for the file that http.tokens_file names, below `tokens:`")
        }
        output.line(entry)
        output.line("# the token, shown this once:")
        output.line(secret.text)
        output.flush()
    }

    private func entry(_ secret: TokenSecret) throws -> String {
        var parts = ["name: \(JSONText.string(name))", "sha256: \(secret.digestText)", "role: \(role.rawValue)"]
        if !area.isEmpty { parts.append("areas: [\(area.map { JSONText.string($0) }.joined(separator: ", "))]") }
        if let expires { parts.append("expires: \(JSONText.string(try TokenCommand.time(expires)))") }
        if let rate { parts.append("rate: \(JSONText.number(rate))") }
        return "  - {\(parts.joined(separator: ", "))}"
    }

    private static func time(_ text: String) throws -> String {
        guard let length = DurationText.milliseconds(text) else { return text }
        return String(TimestampText.utc(SystemClock.now().wall + length).prefix(19)) + "Z"
    }
}

extension AccessToken.Role: ExpressibleByArgument {}
