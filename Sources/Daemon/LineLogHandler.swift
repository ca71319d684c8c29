import Alarms
import Foundation
import Logging
import Synchronization
import Telemetry

/// Writes log lines to standard error: for people and the journal (`<4>feed-lost: …`, the priority as systemd
/// reads it when standard error is the journal), or as one JSON object a line. Every message begins with its stable
/// identifier and a colon; `deploy/RUNBOOK.md` says of each at warning or above what to do.
struct LineLogHandler: LogHandler {
    /// Setting it concerns this copy alone: whoever wants one logger quiet must not silence the daemon.
    var logLevel: Logger.Level {
        get { ownLevel ?? level.withLock { $0 } }
        set { ownLevel = newValue }
    }
    var metadata: Logger.Metadata = [:]
    private let isJSON: Bool
    /// Shared by all copies, so that a reload changes the level everywhere.
    private let level: SharedLevel
    private var ownLevel: Logger.Level?
    /// Shared by all copies, too.
    private let repeats = RepeatLimit()
    private let isJournal: Bool

    final class SharedLevel: Sendable {
        private let value: Mutex<Logger.Level>

        init(_ level: Logger.Level) {
            value = Mutex(level)
        }

        func withLock<Result>(_ body: (inout sending Logger.Level) -> sending Result) -> Result {
            value.withLock(body)
        }
    }

    init(level: SharedLevel, isJSON: Bool) {
        self.level = level
        self.isJSON = isJSON
        isJournal = ProcessInfo.processInfo.environment["JOURNAL_STREAM"] != nil
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let message = event.message.description
        let identifier = message.prefix { $0 != ":" }
        let (isAdmitted, heldBack) = repeats.admit(identifier, at: SystemClock.now().monotonic)
        guard isAdmitted else { return }
        write(
            event.level, heldBack == 0 ? message : "\(message) (\(heldBack) more like it were not logged)", identifier)
    }

    private func write(_ level: Logger.Level, _ message: String, _ identifier: Substring) {
        var line: String
        if isJSON {
            var json = JSONText()
            json.member("time", TimestampText.utc(SystemClock.now().wall))
            json.member("level", level.rawValue)
            json.member("id", String(identifier))
            json.member("message", message)
            line = json.object
        } else if isJournal {
            line = "<\(LineLogHandler.priority(level))>\(message)"
        } else {
            line = "\(TimestampText.utc(SystemClock.now().wall)) \(level.rawValue) \(message)"
        }
        line += "\n"
        // Where the log cannot be written, the daemon goes on without.
        try? FileHandle.standardError.write(contentsOf: Data(line.utf8))
    }

    /// The level as syslog numbers it (RFC 5424 §6.2.1).
    private static func priority(_ level: Logger.Level) -> Int {
        switch level {
        case .critical: 2
        case .error: 3
        case .warning: 4
        case .notice: 5
        case .info: 6
        case .debug, .trace: 7
        }
    }
}
