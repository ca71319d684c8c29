import Settings
import Telemetry

/// Reads a point list, one row a point.
///
/// Works on the file's bytes: a row becomes strings only where the point keeps them.
struct PointListReader {
    private static let tooLong: Int64 = 31_536_000

    let file: SourceFile
    let site: Int
    /// Nil when it could not be read, which is a fault elsewhere.
    let standards: StandardsProfile?
    let log: FaultLog
    /// How far points of the site may be from their redundant partners, for those that carry DEVIATION.
    private let deviations: [String: Double]
    var csv: CSVReader
    /// The cell of each column by its raw value; -1 for columns the header leaves out.
    var places = [Int](repeating: -1, count: PointColumn.allCases.count)
    private var header = 0
    private var lines: [String: Int32] = [:]
    private var gateway: (name: String, position: Int)?
    private var kind = CellMemory<PointKind>()
    private var texts = [CellMemory<String>](repeating: CellMemory(), count: PointColumn.allCases.count)
    /// Rules of the last rows that differ: rows that have the same ones share them.
    private var rulesBefore: [[AlarmRule]] = []
    private static let rulesRemembered = 16
    var numbersBefore = [CellMemory<PerCondition<Double>>](repeating: CellMemory(), count: PointColumn.allCases.count)
    var prioritiesBefore = CellMemory<PerCondition<Priority>>()
    var flagsBefore = CellMemory<PerCondition<Bool>>()
    var gasBefore: [GasPointKey: GasSetPoints] = [:]
    /// Gas points that name no profile.
    var withoutProfile = RowCount()

    init(
        bytes: [UInt8], file: SourceFile, site: Int, standards: StandardsProfile?, deviations: [String: Double] = [:],
        log: FaultLog
    ) {
        self.deviations = deviations
        self.file = file
        self.site = site
        self.standards = standards
        self.log = log
        csv = CSVReader(bytes)
    }

    /// Adds every sound row; the others leave their faults in the log.
    mutating func read(into builder: inout RegistryBuilder) {
        guard isText(), readHeader() else { return }
        let expected = csv.bytes.count { $0 == UInt8(ascii: "\n") }
        let list = builder.begin(file: file.name, expecting: expected)
        lines.reserveCapacity(expected)
        let sources = Set(builder.registry.sites[site].hazardSources.map(\.name))
        while !log.isFull, csv.next() {
            if isBlank() { continue }
            let faults = log.count
            if let problem = csv.problem {
                addFault("\(problem); valid: a quoted cell, with quotes inside it doubled")
            } else if csv.cells.count != header {
                addFault("the row has \(csv.cells.count) cells; valid: \(header), as in the header")
            } else {
                let point = readPoint(list: list, sources: sources, into: &builder)
                if log.count == faults {
                    builder.append(point)
                }
            }
        }
        noteWithoutProfile()
    }

    /// Whether a row has this point's name, sound or not.
    func mentions(_ name: String) -> Bool { lines[name] != nil }

    // MARK: Header

    private func isText() -> Bool {
        do {
            _ = try UTF8Span(validating: csv.bytes.span)
            return true
        } catch {
            let line = csv.bytes[..<error.byteOffsets.lowerBound].count { $0 == UInt8(ascii: "\n") } + 1
            log.add(Fault(file: file.name, line: line, message: "the text is not UTF-8; valid: CSV saved as UTF-8"))
            return false
        }
    }

    private mutating func readHeader() -> Bool {
        guard csv.next() else {
            addFault("the file is empty; valid: a header row with at least point, gateway, tag")
            return false
        }
        let faults = log.count
        if let problem = csv.problem {
            addFault("\(problem); valid: a quoted cell, with quotes inside it doubled")
        }
        let valid = PointColumn.allCases.map(\.name).joined(separator: ", ")
        for (place, cell) in csv.cells.enumerated() {
            let name = csv.text(cell)
            guard let column = PointColumn.allCases.first(where: { $0.name == name }) else {
                addFault("column \(name.isEmpty ? "number \(place + 1)" : name) is unknown; valid: \(valid)")
                continue
            }
            if places[column.rawValue] >= 0 {
                addFault("column \(name) stands twice; valid: each column once")
            }
            places[column.rawValue] = place
        }
        for column in PointColumn.required where places[column.rawValue] < 0 {
            addFault("column \(column.name) is missing; valid: a header with at least point, gateway, tag")
        }
        header = csv.cells.count
        return log.count == faults
    }

    // MARK: Rows

    /// Spreadsheets leave rows of nothing but commas.
    private func isBlank() -> Bool {
        for cell in csv.cells where !cell.range.isEmpty { return false }
        return csv.problem == nil
    }

    private mutating func readPoint(list: Int32, sources: Set<String>, into builder: inout RegistryBuilder) -> Point {
        let gateway = readGateway(into: &builder)
        var point = Point(site: site, name: readName(), gateway: gateway ?? 0, tag: required(.tag))
        if let gateway, !point.tag.isEmpty {
            let place = RegistryBuilder.Place(file: list, line: Int32(truncatingIfNeeded: csv.line))
            if let clash = builder.claim(tag: point.tag, gateway: gateway, for: place) {
                addFault(.tag, clash.what, valid: clash.valid)
            }
        }
        point.source = text(.source) ?? ""
        if !point.source.isEmpty, !sources.isEmpty, !sources.contains(point.source) {
            let valid = sources.sorted().joined(separator: ", ")
            addFault(.source, "\"\(point.source)\" is no hazard source of this site", valid: valid)
        }
        point.kind = readKind()
        point.unit = text(.unit) ?? ""
        point.low = number(.low)
        point.high = number(.high)
        point.staleAfter = milliseconds(.staleAfter) ?? point.kind.staleAfter
        point.title = BilingualText(zh: text(.nameZh), en: text(.nameEn))
        point.consequence = BilingualText(zh: text(.consequenceZh), en: text(.consequenceEn))
        point.action = BilingualText(zh: text(.actionZh), en: text(.actionEn))
        point.rules = shared(readRules(of: point, deviation: deviations[point.name]))
        return point
    }

    private mutating func shared(_ rules: [AlarmRule]) -> [AlarmRule] {
        if let place = rulesBefore.firstIndex(of: rules) { return rulesBefore[place] }
        if rulesBefore.count == PointListReader.rulesRemembered { rulesBefore.removeFirst() }
        rulesBefore.append(rules)
        return rules
    }

    private mutating func readName() -> String {
        let name = required(.point)
        if !name.isEmpty, !NameRule.isName(csv.bytes, range(.point)) {
            addFault(.point, "\"\(name)\" is no point name", valid: NameRule.nameForm)
        } else if !name.isEmpty, let line = lines.updateValue(Int32(truncatingIfNeeded: csv.line), forKey: name) {
            addFault(.point, "\"\(name)\" stands in line \(line) too", valid: "each point once a site")
        }
        return name
    }

    /// Rows of one gateway usually follow each other, which saves most of the look-ups.
    private mutating func readGateway(into builder: inout RegistryBuilder) -> Int? {
        let name = required(.gateway)
        if name.isEmpty { return nil }
        if let gateway, gateway.name == name { return gateway.position }
        guard NameRule.isTopicLevel(name) else {
            addFault(.gateway, "\"\(name)\" is no gateway name", valid: NameRule.levelForm)
            return nil
        }
        let position = builder.gateway(name, site: site)
        gateway = (name, position)
        return position
    }

    private mutating func readKind() -> PointKind {
        let range = range(.kind)
        if range.isEmpty { return .other }
        if let before = kind.recall(csv.bytes, range) { return before }
        guard let found = PointKind(rawValue: csv.text(cell(.kind))) else {
            let valid = PointKind.allCases.map(\.rawValue).joined(separator: ", ")
            addFault(.kind, "\"\(csv.text(cell(.kind)))\" is no kind of point", valid: valid)
            return .other
        }
        kind.keep(found, from: range)
        return found
    }

    // MARK: Cells

    func cell(_ column: PointColumn) -> CSVReader.Cell {
        let place = places[column.rawValue]
        return place < 0 ? CSVReader.Cell(range: 0..<0) : csv.cells[place]
    }

    func range(_ column: PointColumn) -> Range<Int> { cell(column).range }

    /// Nil for an empty cell.
    mutating func text(_ column: PointColumn) -> String? {
        let cell = cell(column)
        if cell.range.isEmpty { return nil }
        if let before = texts[column.rawValue].recall(csv.bytes, cell.range) { return before }
        if !NameRule.isText(csv.bytes, cell.range) {
            addFault(column, "the text has control characters", valid: "text on one line")
            return csv.text(cell)
        }
        let text = csv.text(cell)
        texts[column.rawValue].keep(text, from: cell.range)
        return text
    }

    private mutating func required(_ column: PointColumn) -> String {
        if let text = text(column) { return text }
        addFault(column, "the cell is empty", valid: "a \(column.name) in every row")
        return ""
    }

    func number(_ column: PointColumn, atLeast minimum: Double = -.infinity) -> Double? {
        let range = range(column)
        if range.isEmpty { return nil }
        guard let number = DecimalText.value(csv.bytes, range), number >= minimum else {
            let valid = "a decimal number such as 9.5" + (minimum == 0 ? ", not negative" : "") + ", or empty"
            addFault(column, "\"\(csv.text(cell(column)))\" is not such a number", valid: valid)
            return nil
        }
        return number
    }

    func milliseconds(_ column: PointColumn) -> Int64? {
        guard let seconds = number(column, atLeast: 0) else { return nil }
        guard seconds <= Double(PointListReader.tooLong) else {
            addFault(column, "\(seconds) s is too long", valid: "0 to \(PointListReader.tooLong) s")
            return nil
        }
        return Int64((seconds * 1_000).rounded())
    }

    // MARK: Faults

    func addFault(_ column: PointColumn, _ what: String, valid: String) {
        addFault(column.message(what, valid: valid))
    }

    private func addFault(_ message: String) {
        log.add(Fault(file: file.name, line: csv.line, message: message))
    }
}
