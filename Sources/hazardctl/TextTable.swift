/// Rows under headings, columns aligned for a terminal.
struct TextTable {
    private let headings: [String]
    private var rows: [[String]] = []

    init(_ headings: String...) {
        self.headings = headings
    }

    mutating func add(_ cells: String...) {
        rows.append(cells)
    }

    /// - Parameter empty: what to say where there are no rows.
    func print(to output: inout StandardOutput, ifEmpty empty: String) {
        guard !rows.isEmpty else {
            output.line(empty)
            return
        }
        var widths = headings.map { TextTable.width($0) }
        for row in rows {
            for (column, cell) in row.enumerated() { widths[column] = max(widths[column], TextTable.width(cell)) }
        }
        for row in [headings] + rows {
            var line = ""
            for (column, cell) in row.enumerated() {
                line += cell
                guard column < row.count - 1 else { break }
                line += String(repeating: " ", count: widths[column] - TextTable.width(cell) + 2)
            }
            output.line(line)
        }
    }

    /// Columns of a terminal: Chinese characters and full-width forms take two.
    private static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { width, scalar in
            switch scalar.value {
            case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
                0xFFE0...0xFFE6, 0x20000...0x3FFFD:
                width + 2
            default: width + 1
            }
        }
    }
}
