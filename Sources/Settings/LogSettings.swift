/// What the daemon writes to its log, and how.
package struct LogSettings: Hashable, Sendable {
    package enum Key: String, SectionKey {
        case level
        case format
    }

    /// Named as swift-log names them.
    package enum Level: String, CaseIterable, Sendable {
        case trace, debug, info, notice, warning, error, critical
    }

    package enum Format: String, CaseIterable, Sendable {
        case text, json
    }

    package var level: Level
    package var format: Format

    package init(level: Level = .info, format: Format = .text) {
        self.level = level
        self.format = format
    }

    init(_ section: Section<Key>) {
        self.init()
        level = section[.level]?.choice(Level.self) ?? level
        format = section[.format]?.choice(Format.self) ?? format
    }
}
