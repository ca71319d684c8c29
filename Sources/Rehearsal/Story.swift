import Alarms
import Pipeline

/// What happened in a rehearsal, for whoever has to understand why something did not come.
struct Story {
    private struct Entry {
        let at: Int64
        /// `SITE/OBJECT`; nil for what concerns all.
        let object: String?
        let text: String
    }

    /// The most lines told.
    private static let longest = 24
    /// The most lines kept.
    private static let bound = 20_000
    private var entries: [Entry] = []

    mutating func add(_ text: String, object: String? = nil, at elapsed: Int64) {
        if entries.count >= Story.bound { entries.removeFirst(Story.bound / 2) }
        entries.append(Entry(at: elapsed, object: object, text: text))
    }

    /// What concerns these objects, a line each, the last ones.
    func lines(of objects: Set<String>) -> [String] {
        let told = entries.filter { entry in entry.object.map { objects.contains($0) } ?? true }
        let shown = told.suffix(Story.longest)
        let times = shown.map { OffsetText.text($0.at) }
        let width = times.map(\.count).max() ?? 0
        var lines = zip(times, shown).map { time, entry in
            time + String(repeating: " ", count: width - time.count + 2) + entry.text
        }
        if told.count > shown.count { lines.insert("… (\(told.count - shown.count) lines before)", at: 0) }
        return lines
    }

    /// `SITE/OBJECT` of `SITE/OBJECT/CONDITION`.
    static func object(of subject: String) -> String {
        subject.split(separator: "/").dropLast().joined(separator: "/")
    }
}
