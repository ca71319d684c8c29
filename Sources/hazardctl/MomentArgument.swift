import ArgumentParser
import Decoding
import Settings

/// A time on the command line: RFC 3339, UTC milliseconds, so long ago (`-1h`), or `now`.
struct MomentArgument: ExpressibleByArgument {
    static let help = "RFC 3339 (without zone: the settings' timezone), UTC milliseconds, -10m, -1h, -2d or now."

    private enum Form {
        case milliseconds(Int64)
        /// Milliseconds before now.
        case ago(Int64)
        case text(String)
    }

    static let now = MomentArgument(form: .ago(0), written: "now")
    static let hourAgo = MomentArgument(form: .ago(3_600_000), written: "-1h")

    private let form: Form
    private let written: String

    private init(form: Form, written: String) {
        self.form = form
        self.written = written
    }

    init?(argument: String) {
        written = argument
        if argument == "now" {
            form = .ago(0)
        } else if argument.hasPrefix("-"), let wait = DurationText.milliseconds(String(argument.dropFirst())) {
            form = .ago(wait)
        } else if let number = Int64(argument) {
            form = .milliseconds(number)
        } else {
            let text = argument.contains(":") ? argument : argument + "T00:00:00"
            guard TimeText.parse(text, timeZone: "UTC") != nil else { return nil }
            form = .text(text)
        }
    }

    var defaultValueDescription: String { written }

    /// UTC milliseconds.
    func resolved(at now: Int64, timeZone: String) throws -> Int64 {
        switch form {
        case .milliseconds(let time): return time
        case .ago(let wait): return now - wait
        case .text(let text):
            guard let time = TimeText.parse(text, timeZone: timeZone) else {
                throw CommandFailure(.usage, "\(written) is no time in \(timeZone); valid: \(MomentArgument.help)")
            }
            return time
        }
    }
}
