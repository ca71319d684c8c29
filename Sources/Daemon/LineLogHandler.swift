import Alarms
import Foundation
import Logging
import Synchronization
import Telemetry

/// Writes log lines to standard error: for people and the journal (`<4>feed-lost: …`, the priority as systemd
/// reads it when standard error is the journal), or as one JSON object a line.
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
        var line: String
        if isJSON {
            var json = JSONText()
            json.member("time", TimestampText.utc(SystemClock.now().wall))
            json.member("level", event.level.rawValue)
            json.member("message", event.message.description)
            line = json.object
        } else if isJournal {
            line = "<\(LineLogHandler.priority(event.level))>\(event.message)"
        } else {
            line = "\(TimestampText.utc(SystemClock.now().wall)) \(event.level.rawValue) \(event.message)"
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
