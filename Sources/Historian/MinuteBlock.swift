import Chunks
import Store

/// The minutes of one point and day as bytes: their starts, then least, greatest, sum and count, each a column in the form
/// chunks have (`schemas/state.md`).
///
/// Decimals are written as the integers they are: the range instead of the greatest, and how far the sum is from the
/// middle of the range instead of the sum, which leaves little to write.
enum MinuteBlock {
    private enum Form: UInt8 {
        case doubles = 1
        case decimals = 2
    }

    private static let powers: [Double] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000]
    private static let largest = 0x1p50

    /// - Parameter entries: at most a day of 25 hours.
    static func encode(_ entries: [RollupEntry]) -> [UInt8] {
        var writer = ByteWriter()
        let counts = entries.map { Double($0.count) }
        if let (exponent, figures) = decimals(entries) {
            writer.byte(Form.decimals.rawValue)
            writer.byte(UInt8(exponent))
            write(entries.map(\.start), figures + [counts], to: &writer)
        } else {
            writer.byte(Form.doubles.rawValue)
            let figures = [entries.map(\.least), entries.map(\.greatest), entries.map(\.sum)]
            write(entries.map(\.start), figures + [counts], to: &writer)
        }
        return writer.bytes
    }

    static func decode(_ bytes: [UInt8]) throws -> [RollupEntry] {
        var reader = ByteReader(bytes)
        let version = try reader.byte()
        guard let form = Form(rawValue: version) else {
            throw HistoryError(.damaged, "a block of minutes is of the unknown form \(version)")
        }
        let exponent = form == .decimals ? Int(try reader.byte()) : 0
        guard powers.indices.contains(exponent) else {
            throw HistoryError(.damaged, "a block of minutes has \(exponent) decimals")
        }
        let (starts, figures) = try read(&reader)
        let (first, second, third, counts) = (figures[0], figures[1], figures[2], figures[3])
        return starts.indices.map { place in
            let count = counts[place].magnitude < 1e15 ? counts[place] : 0
            let row = (first[place], second[place], third[place])
            let (least, greatest, sum) =
                form == .doubles ? row : restored(row.0, row.1, row.2, count, powers[exponent])
            return RollupEntry(
                start: starts[place], least: least, greatest: greatest, sum: sum, count: Int(count))
        }
    }

    /// The figures as integers, and how many decimals they stand for; nil if they are no such decimals to the last bit.
    private static func decimals(_ entries: [RollupEntry]) -> (exponent: Int, figures: [[Double]])? {
        let all = entries.flatMap { [$0.least, $0.greatest, $0.sum] }
        let exponent = powers.indices.first { exponent in
            let power = powers[exponent]
            return all.allSatisfy { ($0 * power).rounded() / power == $0 && ($0 * power).magnitude < largest }
        }
        guard let exponent else { return nil }
        let power = powers[exponent]
        var figures: [[Double]] = [[], [], []]
        for entry in entries {
            let least = (entry.least * power).rounded()
            let range = (entry.greatest * power).rounded() - least
            let excess = 2 * (entry.sum * power).rounded() - Double(entry.count) * (2 * least + range)
            let back = restored(least, range, excess, Double(entry.count), power)
            guard excess.magnitude < largest, back.0.bitPattern == entry.least.bitPattern,
                back.1.bitPattern == entry.greatest.bitPattern, back.2.bitPattern == entry.sum.bitPattern
            else { return nil }
            figures[0].append(least)
            figures[1].append(range)
            figures[2].append(excess)
        }
        return (exponent, figures)
    }

    private static func restored(
        _ least: Double, _ range: Double, _ excess: Double, _ count: Double, _ power: Double
    ) -> (Double, Double, Double) {
        (least / power, (least + range) / power, (excess + count * (2 * least + range)) / 2 / power)
    }

    private static func write(_ starts: [Int64], _ figures: [[Double]], to writer: inout ByteWriter) {
        let good = [UInt8](repeating: 192, count: starts.count)
        let columns =
            [TimeColumn.encode(times: starts, receipts: starts)]
            + figures.map { ValueColumn.encode(values: $0, qualities: good) }
        for column in columns {
            writer.unsigned(UInt64(column.count))
            writer.append(column)
        }
    }

    private static func read(_ reader: inout ByteReader) throws -> (starts: [Int64], figures: [[Double]]) {
        var columns: [[UInt8]] = []
        for _ in 0..<5 { columns.append(try reader.bytes(Int(clamping: try reader.unsigned()))) }
        let moments = try TimeColumn(columns[0])
        let starts = try moments.times(blocks: 0..<moments.blockCount)
        let figures = try columns.dropFirst().map { bytes in
            let column = try ValueColumn(bytes)
            return try column.values(blocks: 0..<column.blockCount)
        }
        guard figures.allSatisfy({ $0.count == starts.count }) else {
            throw HistoryError(.damaged, "a block of minutes has columns of different lengths")
        }
        return (starts, figures)
    }
}
