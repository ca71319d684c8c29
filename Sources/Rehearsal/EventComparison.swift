/// Events wanted beside events that came: what is missing, and what was not expected.
///
/// Events of one alarm must come in the order written, escalations apart from the rest; those of different alarms may
/// come in any order.
struct EventComparison {
    private struct Group: Hashable {
        let subject: String
        let family: String
    }

    private(set) var missing: [ExpectedEvent] = []
    private(set) var unexpected: [Occurrence] = []

    init(_ expected: [ExpectedEvent], _ found: [Occurrence]) {
        let wanted = Dictionary(grouping: expected) {
            Group(subject: $0.subject, family: EventWords.family($0.type))
        }
        let came = Dictionary(grouping: found) { Group(subject: $0.subject, family: $0.family) }
        for (group, events) in wanted { compare(events, came[group] ?? []) }
        for (group, events) in came where wanted[group] == nil { unexpected += events }
        missing.sort { ($0.line, $0.at ?? 0, $0.subject) < ($1.line, $1.at ?? 0, $1.subject) }
        unexpected.sort { ($0.at, $0.subject, $0.type) < ($1.at, $1.subject, $1.type) }
    }

    var holds: Bool { missing.isEmpty && unexpected.isEmpty }

    /// Leaves out the longest run that both have in common.
    private mutating func compare(_ wanted: [ExpectedEvent], _ came: [Occurrence]) {
        let columns = came.count + 1
        var lengths = [Int](repeating: 0, count: (wanted.count + 1) * columns)
        for row in wanted.indices.reversed() {
            for column in came.indices.reversed() {
                lengths[row * columns + column] =
                    wanted[row].matches(came[column])
                    ? lengths[(row + 1) * columns + column + 1] + 1
                    : max(lengths[(row + 1) * columns + column], lengths[row * columns + column + 1])
            }
        }
        var (row, column) = (0, 0)
        while row < wanted.count || column < came.count {
            if row < wanted.count, column < came.count, wanted[row].matches(came[column]) {
                row += 1
                column += 1
            } else if column == came.count
                || row < wanted.count
                    && lengths[(row + 1) * columns + column] >= lengths[row * columns + column + 1]
            {
                missing.append(wanted[row])
                row += 1
            } else {
                unexpected.append(came[column])
                column += 1
            }
        }
    }
}
