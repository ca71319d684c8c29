extension SymbolTable {
    /// How one table is written: levels of halves or quarters of an octave, differences to the token before or to the
    /// table before, and the parameter of the Rice code of these differences.
    private struct Manner {
        var step = 1
        var followsTable = false
        var parameter: UInt64 = 0

        /// The differences to be written, zigzag.
        func differences(_ codes: [UInt8], after previous: [UInt8]) -> [UInt64] {
            var last = 0
            return codes.enumerated().map { token, code in
                let level = (Int(code) + step - 1) / step
                let expected = followsTable ? SymbolTable.level(token, of: previous, step: step) : last
                last = level
                return Int64(level - expected).zigzag
            }
        }
    }

    /// The code of a token in another table, in this table's steps; 0 if it has none.
    private static func level(_ token: Int, of codes: [UInt8], step: Int) -> Int {
        token < codes.count ? (Int(codes[token]) + step - 1) / step : 0
    }

    /// Writes the table that fits the counts and, with its stream, takes the fewest bits; returns it.
    static func write(
        fitting counts: ArraySlice<Int32>, after previous: [UInt8], to writer: inout BitWriter
    ) -> SymbolTable {
        var best = (cost: Double.infinity, table: SymbolTable(counts: counts, step: 1), manner: Manner())
        for step in [1, 2] {
            let table = SymbolTable(counts: counts, step: step)
            let stream = table.cost(of: counts)
            for followsTable in previous.isEmpty ? [false] : [false, true] {
                var manner = Manner(step: step, followsTable: followsTable)
                let differences = manner.differences(table.codes, after: previous)
                for parameter in UInt64(0)...5 {
                    manner.parameter = parameter
                    let bits = differences.reduce(0) { $0 + 1 + parameter + $1 >> parameter }
                    if stream + Double(bits) < best.cost { best = (stream + Double(bits), table, manner) }
                }
            }
        }
        let manner = best.manner
        writer.append(UInt64(best.table.codes.count - 1), 8)
        writer.append(UInt64(manner.step - 1), 1)
        writer.append(manner.followsTable ? 1 : 0, 1)
        writer.append(manner.parameter, 3)
        for difference in manner.differences(best.table.codes, after: previous) {
            for _ in 0..<(difference >> manner.parameter) { writer.append(1, 1) }
            writer.append(0, 1)
            writer.append(difference, manner.parameter)
        }
        return best.table
    }

    /// Reads a table that `write` wrote.
    static func read(
        _ reader: inout BitReader, after previous: [UInt8]
    ) throws(ChunkError) -> SymbolTable {
        let part = "table of tokens"
        let count = try reader.bits(8, part) + 1
        let step = try reader.bit(part) + 1
        let followsTable = try reader.bit(part) == 1
        let parameter = try reader.bits(3, part)
        var codes = [UInt8](repeating: 0, count: count)
        var last = 0
        for token in 0..<count {
            var quotient = 0
            while try reader.bit(part) == 1 {
                quotient += 1
                guard quotient <= 2 * (highestLevel + 1) else { throw .outOfRange(what: part, value: UInt64(quotient)) }
            }
            let difference = Int64(zigzag: UInt64(quotient << parameter | (try reader.bits(parameter, part))))
            let expected = followsTable ? level(token, of: previous, step: step) : last
            last = expected + Int(difference)
            let code = last == 0 ? 0 : (last - 1) * step + 1
            guard code >= 0, code <= highestLevel + 1 else {
                throw .outOfRange(what: part, value: UInt64(bitPattern: Int64(code)))
            }
            codes[token] = UInt8(code)
        }
        guard let table = SymbolTable(codes: codes) else { throw .outOfRange(what: part, value: 0) }
        return table
    }
}
