import Foundation
import TestKit

/// What the state database keeps of the site's alarms, running delays, shelves and escalations: what a kill must leave
/// as it was, episodes and deadlines included.
struct StandingState: Equatable {
    struct Entry: Hashable, CustomStringConvertible {
        /// `alarm`, `on-delay`, `off-delay`, `shelf`, `removal` (out of service) or `task`.
        let kind: String
        /// `site/object/CONDITION`.
        let subject: String
        /// When an alarm is raised anew, a delay began, a shelf ends, a task falls due, UTC milliseconds; nil: never.
        let time: Int64?
        /// All the rest. A task's begins with its tier.
        let detail: String

        var description: String { "\(kind) \(subject) \(time.map { "\($0)" } ?? "-") \(detail)" }
    }

    static let query = """
        SELECT 'alarm', subject, realarm_at, 'latching ' || latching || ', announced ' || announced || ' ' || body
        FROM alarm WHERE subject LIKE '\(Site.name)/%'
        UNION ALL
        SELECT iif(is_on, 'on-delay', 'off-delay'), subject, began, began_at_source || ' ' || ifnull(value, '')
        FROM delay WHERE subject LIKE '\(Site.name)/%'
        UNION ALL
        SELECT iif(kind = 3, 'removal', 'shelf'), subject, until, since || ' ' || actor || ' ' || reason
        FROM withdrawal WHERE subject LIKE '\(Site.name)/%'
        UNION ALL
        SELECT 'task', subject, due_at, tier || ' ' || state || ' ' || announcements || ' ' || id || ' ' || episode
        FROM escalation_task WHERE subject LIKE '\(Site.name)/%'
        ORDER BY 1, 2, 4
        """

    let entries: [Entry]

    /// Reads what `query` answers.
    init(_ rows: [Substring]) throws {
        entries = try rows.map { row in
            let cells = row.split(separator: "|", maxSplits: 3, omittingEmptySubsequences: false)
            guard cells.count == 4 else { throw TestKitError("no entry of the state: \(row)") }
            return Entry(
                kind: String(cells[0]), subject: String(cells[1]), time: Int64(cells[2]), detail: String(cells[3]))
        }
    }

    /// How the alarm of a subject stands.
    func standing(_ subject: String) throws -> AlarmStanding {
        let own = entries.filter { $0.subject == subject }
        let alarm = try bodies[subject].map {
            try EventRecord.decoder.decode(EventRecord.Details.self, from: Data($0.utf8))
        }
        return AlarmStanding(
            state: alarm?.state ?? "normal", suppression: alarm?.suppression ?? "none",
            delay: own.first { $0.kind.hasSuffix("-delay") }?.kind, isOnShelf: own.contains { $0.kind == "shelf" },
            isRemoved: own.contains { $0.kind == "removal" })
    }

    /// The alarms as they stand, in the JSON of their retained topics, by subject.
    var bodies: [String: String] {
        let alarms = entries.filter { $0.kind == "alarm" }
        return Dictionary(uniqueKeysWithValues: alarms.map { ($0.subject, String($0.detail.drop { $0 != "{" })) })
    }

    /// What a later state has lost, and what it has besides, for a failure's report.
    func differences(to later: StandingState) -> String {
        let lost = Set(entries).subtracting(later.entries).map { "lost: \($0)" }
        let surplus = Set(later.entries).subtracting(entries).map { "new: \($0)" }
        return (lost.sorted() + surplus.sorted()).joined(separator: "\n")
    }
}
