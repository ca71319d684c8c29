/// A point list as rows of texts, for telling what changed in it. What is no point list has no rows.
struct PointListTable {
    let bytes: [UInt8]
    /// In the order of the rows.
    private(set) var names: [String] = []
    private var header: [String] = []
    /// Where each point's row stands.
    private var rows: [String: Range<Int>] = [:]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var csv = CSVReader(bytes)
        guard csv.next() else { return }
        header = csv.cells.map { csv.text($0) }
        guard let column = header.firstIndex(of: PointColumn.point.name) else { return }
        while csv.next() {
            guard csv.cells.count == header.count, let first = csv.cells.first, let last = csv.cells.last else {
                continue
            }
            let name = csv.text(csv.cells[column])
            guard !name.isEmpty, rows[name] == nil else { continue }
            names.append(name)
            // A quoted cell's quotes stand outside of it.
            rows[name] = max(0, first.range.lowerBound - 1)..<min(bytes.count, last.range.upperBound + 1)
        }
    }

    /// The cells of a point; nil for one that is not there.
    subscript(name: String) -> [(column: String, text: String)]? {
        guard let row = rows[name] else { return nil }
        var csv = CSVReader(Array(bytes[row]).drop { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }.map { $0 })
        guard csv.next() else { return nil }
        return zip(header, csv.cells).map { ($0, csv.text($1)) }
    }

    /// Whether a point's row is the same to the byte in another list of the same columns.
    func isSame(_ name: String, in other: PointListTable) -> Bool {
        guard header == other.header, let row = rows[name], let there = other.rows[name] else { return false }
        return bytes[row] == other.bytes[there]
    }
}
