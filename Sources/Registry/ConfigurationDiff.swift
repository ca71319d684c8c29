import Settings

/// What changed from one configuration to the next, for people: points by their cells, everything else by its path.
package struct ConfigurationDiff: Sendable, Hashable {
    /// The most changes told one by one.
    package static let bound = 500

    package private(set) var pointsAdded = 0
    package private(set) var pointsRemoved = 0
    package private(set) var pointsChanged = 0
    /// Changes outside of point lists.
    package private(set) var otherChanges = 0
    /// One change a line, the first of them.
    package private(set) var lines: [String] = []

    package var count: Int { pointsAdded + pointsRemoved + pointsChanged + otherChanges }
    /// Changes that no line tells of.
    package private(set) var untold = 0

    package init(from before: ConfigurationFiles, to after: ConfigurationFiles) {
        let former = ConfigurationTree(before)
        let present = ConfigurationTree(after)
        for name in present.order(after: former) {
            compareTrees(name, former.documents[name], present.documents[name])
        }
        for name in former.other.keys.sorted() + present.other.keys.sorted().filter({ former.other[$0] == nil }) {
            compare(name, former.other[name], present.other[name])
        }
        for site in Set(former.points.keys).union(present.points.keys).sorted() {
            comparePoints(site, former.points[site], present.points[site])
        }
    }

    // MARK: Documents

    private mutating func compareTrees(
        _ name: String, _ before: ConfigurationTree.Document?, _ after: ConfigurationTree.Document?
    ) {
        guard let before else { return tell("\(name): added") }
        guard let after else { return tell("\(name): removed") }
        guard before.bytes != after.bytes else { return }
        let changes = before.changes(to: after)
        for change in changes { tell("\(name): \(change)") }
        if changes.isEmpty { tell("\(name): comments or form") }
    }

    private mutating func compare(_ name: String, _ before: [UInt8]?, _ after: [UInt8]?) {
        guard before != after else { return }
        tell("\(name): \(before == nil ? "added" : after == nil ? "removed" : "changed")")
    }

    private mutating func tell(_ line: String) {
        otherChanges += 1
        add(line)
    }

    private mutating func add(_ line: String) {
        if lines.count < ConfigurationDiff.bound { lines.append(line) } else { untold += 1 }
    }

    // MARK: Points

    private mutating func comparePoints(_ site: String, _ before: PointListTable?, _ after: PointListTable?) {
        let before = before ?? PointListTable([])
        let after = after ?? PointListTable([])
        guard before.bytes != after.bytes else { return }
        for name in after.names where before[name] == nil {
            pointsAdded += 1
            let cells = after[name]?.filter { $0.column != "point" && !$0.text.isEmpty } ?? []
            add("\(site)/\(name): added, \(cells.map { "\($0.column) \($0.text)" }.joined(separator: ", "))")
        }
        for name in before.names where after[name] == nil {
            pointsRemoved += 1
            add("\(site)/\(name): removed")
        }
        for name in after.names {
            guard !after.isSame(name, in: before), let old = before[name], let new = after[name] else { continue }
            let changes = ConfigurationDiff.changes(old, new)
            guard !changes.isEmpty else { continue }
            pointsChanged += 1
            add("\(site)/\(name): \(changes.joined(separator: ", "))")
        }
    }

    private static func changes(
        _ before: [(column: String, text: String)], _ after: [(column: String, text: String)]
    ) -> [String] {
        let old = Dictionary(before.map { ($0.column, $0.text) }, uniquingKeysWith: { first, _ in first })
        let new = Dictionary(after.map { ($0.column, $0.text) }, uniquingKeysWith: { first, _ in first })
        let columns = after.map(\.column) + before.map(\.column).filter { new[$0] == nil }
        return columns.compactMap { column in
            let (was, is_) = (old[column] ?? "", new[column] ?? "")
            guard was != is_ else { return nil }
            return "\(column) \(was.isEmpty ? "not set" : was) → \(is_.isEmpty ? "not set" : is_)"
        }
    }
}
