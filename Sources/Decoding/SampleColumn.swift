/// The columns of a file of samples; each may stand anywhere, and none twice.
enum SampleColumn: String, CaseIterable {
    case point
    case time = "t_ms"
    case value
    case quality

    static let form = "point,t_ms,value[,quality] in any order"

    /// Reads the header.
    static func read(_ cells: [String]) throws(SampleTextError) -> [SampleColumn] {
        var columns: [SampleColumn] = []
        for cell in cells {
            guard let column = SampleColumn(rawValue: cell) else {
                let named = cells.count == 1 && cell.isEmpty ? "is empty" : "names a column \"\(cell.prefix(40))\""
                throw SampleTextError("line 1, the header, \(named); valid: \(form)")
            }
            guard !columns.contains(column) else {
                throw SampleTextError("line 1, the header, names the column \(cell) twice; valid: \(form)")
            }
            columns.append(column)
        }
        for column in allCases where column != .quality && !columns.contains(column) {
            throw SampleTextError("line 1, the header, has no column \(column.rawValue); valid: \(form)")
        }
        return columns
    }
}
