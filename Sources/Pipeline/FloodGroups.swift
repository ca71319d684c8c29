/// What a flood is made of: its alarms by operator position, by hazard source and by alarm, ranked for whoever has to
/// find the cause among them. Nothing is left out of the count.
struct FloodGroups: Sendable {
    /// An alarm's place in the groups.
    struct Member: Sendable {
        /// `site/object/CONDITION`.
        let subject: String
        /// `site/source`, or the site alone.
        let source: String
    }

    private struct Position: Sendable {
        let firstOut: String
        var count = 0
    }

    private var positions: [String: Position] = [:]
    private var sources: [String: Int] = [:]
    private var subjects: [String: Int] = [:]
    private var count = 0
    var isEmpty: Bool { count == 0 }

    /// The most sources, and the most alarms, told apart; further ones are in the positions' counts only.
    static let bound = 1_000
    /// How many of each kind are named.
    private static let named = 3

    /// A position's first member is its first-out.
    mutating func add(_ member: Member, at position: String) {
        count += 1
        positions[position, default: Position(firstOut: member.subject)].count += 1
        FloodGroups.add(member.source, to: &sources)
        FloodGroups.add(member.subject, to: &subjects)
    }

    private static func add(_ name: String, to counts: inout [String: Int]) {
        if counts[name] != nil || counts.count < bound { counts[name, default: 0] += 1 }
    }

    /// The groups for people, the largest of each first.
    var text: String {
        let ranked = positions.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
        var places = ranked.prefix(FloodGroups.named).map { name, position in
            "\(name) \(position.count), first out \(position.firstOut)"
        }
        if ranked.count > places.count { places.append("\(ranked.count - places.count) positions more") }
        let text = "\(count) alarms: at \(places.joined(separator: "; ")) | by source: \(FloodGroups.text(sources))"
        let repeated = subjects.filter { $0.value > 1 }
        return repeated.isEmpty ? text : text + " | most frequent: \(FloodGroups.text(repeated))"
    }

    private static func text(_ counts: [String: Int]) -> String {
        let ranked = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(named)
        return ranked.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }
}
