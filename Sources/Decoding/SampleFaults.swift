/// The lines of a file of samples that were refused: all are counted, the first ones listed.
package struct SampleFaults: Sendable, Hashable {
    /// What can be wrong with a line.
    package enum Reason: String, Sendable, CaseIterable {
        case cells
        case point
        case time
        case value
        case range
        case quality
        case length

        /// What was found and what would be right.
        package var text: String {
            switch self {
            case .cells: "not as many cells as the header has, or a quote that does not end"
            case .point: "the point's name is empty or longer than \(NameTable.longest) bytes"
            case .time: "t_ms is no whole number of UTC milliseconds from 1970 until now"
            case .value: "the value is no decimal number; an empty cell says that there was none"
            case .range: "the value is beyond what a double holds"
            case .quality: "the quality is no whole number from 0 to 255"
            case .length: "the line is longer than \(SampleTextReader.longestLine) bytes"
            }
        }
    }

    /// A refused line.
    package struct Fault: Sendable, Hashable {
        /// Counted from 1, the header.
        package let line: Int
        package let reason: Reason
        /// The beginning of the cell in question.
        package let excerpt: String
    }

    /// The most lines listed.
    package static let listBound = 20
    static let excerptBound = 40

    package private(set) var counts: [Reason: Int] = [:]
    package private(set) var listed: [Fault] = []

    package init() {}

    package var total: Int { counts.values.reduce(0, +) }

    mutating func add(_ line: Int, _ reason: Reason, _ excerpt: String) {
        counts[reason, default: 0] += 1
        guard listed.count < SampleFaults.listBound else { return }
        listed.append(Fault(line: line, reason: reason, excerpt: excerpt))
    }
}
