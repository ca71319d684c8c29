import Foundation
package import Store
import Telemetry

/// The folder of day files, and their names: `YYYY-MM-DD.open.sqlite` while the day still grows, `YYYY-MM-DD.sqlite`
/// once it is sealed, `YYYY-MM-DD.1.sqlite` and on for what came after that (`schemas/state.md`).
package struct HistoryFolder: Sendable {
    /// A day file by its name.
    package struct Entry: Sendable, Hashable {
        /// The file's name, without its folder.
        package let name: String
        /// `YYYY-MM-DD`
        package let day: String
        /// 0 for the first sealed file of the day, nil for one that still grows.
        package let number: Int?

        package var isOpen: Bool { number == nil }
    }

    /// The last millisecond of 2262: no later time is taken for one.
    private static let lastTime: Int64 = 9_246_182_399_999

    package let path: String

    package init(_ state: StateFolder) {
        path = state.path + "/history"
    }

    package init(path: String) {
        self.path = path
    }

    package func file(_ name: String) -> String { path + "/" + name }

    package static func openName(_ day: String) -> String { "\(day).open.sqlite" }

    package static func sealedName(_ day: String, number: Int) -> String {
        number == 0 ? "\(day).sqlite" : "\(day).\(number).sqlite"
    }

    package func create() throws {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o750])
    }

    /// The day files there are: by day, sealed ones in the order they were sealed, the growing one last. What was
    /// recorded first comes first.
    package func entries() -> [Entry] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.compactMap { HistoryFolder.entry($0) }.sorted {
            ($0.day, $0.number ?? .max) < ($1.day, $1.number ?? .max)
        }
    }

    /// Those that can hold samples of these times, whatever the time zone of their days: no zone is more than fourteen
    /// hours from UTC.
    package func entries(from first: Int64, through last: Int64) -> [Entry] {
        HistoryFolder.overlapping(entries(), first, last)
    }

    static func overlapping(_ entries: [Entry], _ first: Int64, _ last: Int64) -> [Entry] {
        let margin: Int64 = 14 * 3_600_000
        // West of Greenwich the first hours of 1970 are of a day before it.
        let earliest = first < margin ? "" : HistoryFolder.day(first, plus: -margin)
        let latest = HistoryFolder.day(last, plus: margin)
        return entries.filter { earliest <= $0.day && $0.day <= latest }
    }

    /// The UTC day of a time, as far as day files reach.
    private static func day(_ time: Int64, plus margin: Int64) -> String {
        String(TimestampText.utc(max(0, min(max(time, 0), lastTime) + margin)).prefix(10))
    }

    package static func entry(_ name: String) -> Entry? {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 3, parts.last == "sqlite", parts[0].utf8.count == 10,
            parts[0].utf8.enumerated().allSatisfy({ place, byte in
                place == 4 || place == 7 ? byte == UInt8(ascii: "-") : (0x30...0x39).contains(byte)
            })
        else { return nil }
        let day = String(parts[0])
        guard parts.count == 3 else { return Entry(name: name, day: day, number: 0) }
        if parts[1] == "open" { return Entry(name: name, day: day, number: nil) }
        guard let number = Int(parts[1]), number > 0, String(number) == parts[1] else { return nil }
        return Entry(name: name, day: day, number: number)
    }
}
