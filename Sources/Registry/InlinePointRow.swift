package import Settings

/// A row of a point list written as a mapping from column to cell, such as
/// `{point: LT-101, H: 9, HH: 9.5, priority: {HH: critical, H: high}}`.
///
/// What a list must have and a row leaves out is filled in: gateway `gw1`, the point's name as its tag. A point is
/// never stale unless its row says when.
package struct InlinePointRow: Hashable, Sendable {
    /// The line of the list's first row, after its header.
    static let firstLine = 2
    private static let defaults: [PointColumn: String] = [.gateway: "gw1", .staleAfter: "0"]

    /// Where the row stands, for faults.
    package let path: String
    package let line: Int
    private var cells: [PointColumn: String]

    /// - Returns: nil, after a fault, for what is no mapping from columns to cells.
    package init?(_ field: Field) {
        path = field.path
        line = field.line
        cells = [:]
        guard let entries = field.entries() else { return nil }
        for (key, cell) in entries { set(key, to: cell) }
    }

    /// The point's name; empty if the row has none.
    package var name: String { cells[.point] ?? "" }

    /// Sets a cell as the file says it; unknown columns and what is no cell are faults.
    package mutating func set(_ name: String, to field: Field) {
        guard let column = PointColumn.allCases.first(where: { $0.name == name }) else {
            field.fault("is no column", valid: PointColumn.allCases.map(\.name).joined(separator: ", "))
            return
        }
        switch field.value {
        case .empty: cells[column] = nil
        case .scalar(let text, _): cells[column] = InlinePointRow.checked(text, field)
        case .mapping: cells[column] = InlinePointRow.perCondition(field)
        case .list: field.fault("is a list", valid: "one value, or one for each condition, such as {HH: 5, H: 10}")
        }
    }

    private static func perCondition(_ field: Field) -> String {
        let parts = (field.entries() ?? []).compactMap { condition, value in
            value.text().map { "\(condition)=\($0)" }
        }
        return parts.joined(separator: " ")
    }

    private static func checked(_ text: String, _ field: Field) -> String {
        if !text.isEmpty, !NameRule.isText(text) { field.fault("has control characters", valid: "text on one line") }
        return text
    }

    /// The point list that these rows are, one line a row.
    static func list(of rows: [InlinePointRow]) -> [UInt8] {
        let columns = PointColumn.allCases
        var lines = [columns.map(\.name).joined(separator: ",")]
        for row in rows { lines.append(columns.map { quoted(row.cell($0)) }.joined(separator: ",")) }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    private func cell(_ column: PointColumn) -> String {
        cells[column] ?? (column == .tag ? name : InlinePointRow.defaults[column] ?? "")
    }

    private static func quoted(_ text: String) -> String {
        // A line break, a fault already, must not end the row.
        let line = text.replacing("\n", with: " ").replacing("\r", with: " ")
        return "\"\(line.replacing("\"", with: "\"\""))\""
    }
}
