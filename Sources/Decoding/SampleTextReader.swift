/// Reads samples out of CSV handed over piece by piece: a header, then a line a sample.
///
/// Accepts a byte order mark, either line ending, spaces around cells and quotes; not line breaks within quotes, as
/// no name has any.
package struct SampleTextReader {
    /// One line.
    package struct Sample: Sendable, Hashable {
        package let time: Int64
        /// Not a number where the cell is empty.
        package let value: Double
        /// The point's number in `names`.
        package let name: Int32
        package let quality: UInt8
    }

    /// In bytes.
    package static let longestLine = 65_536
    /// How far ahead of now a sample's time may be, in milliseconds: clocks differ.
    package static let lead: Int64 = 300_000
    private static let good: UInt8 = 0xC0

    package private(set) var names = NameTable()
    package private(set) var faults = SampleFaults()
    /// Lines read, the header included.
    package private(set) var lines = 0
    private let latest: Int64
    private var columns: [SampleColumn] = []
    /// The beginning of a line that ends in a later piece.
    private var rest: [UInt8] = []
    private var isTooLong = false

    /// - Parameter latest: the latest time a sample may have, UTC milliseconds.
    package init(latest: Int64) {
        self.latest = latest
    }

    /// Takes in what follows, and adds the samples of the lines that end in it.
    package mutating func read(_ bytes: Span<UInt8>, into samples: inout [Sample]) throws(SampleTextError) {
        var start = 0
        var place = 0
        let count = bytes.count
        while place < count {
            guard bytes[place] == 0x0A else {
                place += 1
                continue
            }
            if rest.isEmpty, !isTooLong, place - start <= SampleTextReader.longestLine {
                try line(bytes, start, place, into: &samples)
            } else {
                keep(bytes, start, place)
                try endKept(into: &samples)
            }
            place += 1
            start = place
        }
        keep(bytes, start, count)
    }

    /// Takes what is left for the last line.
    package mutating func finish(into samples: inout [Sample]) throws(SampleTextError) {
        if !rest.isEmpty || isTooLong { try endKept(into: &samples) }
        guard !columns.isEmpty else {
            throw SampleTextError("the file is empty; valid: a header \(SampleColumn.form), then a line a sample")
        }
    }

    private mutating func keep(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) {
        guard !isTooLong, rest.count + end - start <= SampleTextReader.longestLine else {
            isTooLong = true
            rest = []
            return
        }
        for place in start..<end { rest.append(bytes[place]) }
    }

    private mutating func endKept(into samples: inout [Sample]) throws(SampleTextError) {
        if isTooLong {
            isTooLong = false
            lines += 1
            guard !columns.isEmpty else {
                throw SampleTextError("line 1 is too long for a header; valid: \(SampleColumn.form)")
            }
            faults.add(lines, .length, "")
            return
        }
        let kept = rest
        rest = []
        try line(kept.span, 0, kept.count, into: &samples)
        if rest.isEmpty {
            rest = kept
            rest.removeAll(keepingCapacity: true)
        }
    }

    private mutating func line(
        _ bytes: Span<UInt8>, _ start: Int, _ lineEnd: Int, into samples: inout [Sample]
    ) throws(SampleTextError) {
        lines += 1
        var end = lineEnd
        if end > start, bytes[end - 1] == 0x0D { end -= 1 }
        guard !columns.isEmpty else {
            try header(bytes, start, end)
            return
        }
        guard start < end else { return }
        if let sample = sample(bytes, start, end) { samples.append(sample) }
    }

    private mutating func header(_ bytes: Span<UInt8>, _ lineStart: Int, _ end: Int) throws(SampleTextError) {
        var start = lineStart
        if end - start >= 3, bytes[start] == 0xEF, bytes[start + 1] == 0xBB, bytes[start + 2] == 0xBF { start += 3 }
        var cells: [String] = []
        var cell = SampleCell(start)
        while cell.read(bytes, end) {
            cells.append(String(decoding: cell.copy(bytes), as: UTF8.self))
            guard cell.next < end || cell.isFollowed else { break }
        }
        guard !cell.isBroken else { throw SampleTextError("line 1, the header, has a quote that does not end") }
        columns = try SampleColumn.read(cells)
    }
}

extension SampleTextReader {
    /// What a line's cells say.
    private struct Cells {
        var name: Int32 = -1
        var time: Int64 = 0
        var value = Double.nan
        var quality: UInt8?
    }

    private mutating func sample(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Sample? {
        var cells = Cells()
        var cell = SampleCell(start)
        var column = 0
        repeat {
            guard cell.read(bytes, end), column < columns.count else {
                return refuse(.cells, bytes, start, end)
            }
            let reason: SampleFaults.Reason?
            if cell.isEscaped {
                let copy = cell.copy(bytes)
                reason = take(columns[column], copy.span, 0, copy.count, &cells)
            } else {
                reason = take(columns[column], bytes, cell.start, cell.end, &cells)
            }
            if let reason { return refuse(reason, bytes, cell.start, cell.end) }
            column += 1
        } while cell.isFollowed
        guard column == columns.count else { return refuse(.cells, bytes, start, end) }
        var quality = cells.quality ?? SampleTextReader.good
        // What has no value is bad; a bad quality of its own says why.
        if cells.value.isNaN, quality & 0xC0 != 0 { quality = 0 }
        return Sample(time: cells.time, value: cells.value, name: cells.name, quality: quality)
    }

    @inline(__always)
    private mutating func take(
        _ column: SampleColumn, _ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ cells: inout Cells
    ) -> SampleFaults.Reason? {
        switch column {
        case .point:
            guard let name = names.number(of: bytes, start, end) else { return .point }
            cells.name = name
        case .time:
            guard let time = DecimalReader.integer(bytes, start, end), time >= 0, time <= latest else { return .time }
            cells.time = time
        case .value:
            guard start < end else { return nil }
            switch DecimalReader.double(bytes, start, end) {
            case .finite(let value): cells.value = value
            case .tooLarge: return .range
            case .noNumber: return .value
            }
        case .quality:
            guard start < end else { return nil }
            guard let quality = DecimalReader.integer(bytes, start, end).flatMap({ UInt8(exactly: $0) }) else {
                return .quality
            }
            cells.quality = quality
        }
        return nil
    }

    private mutating func refuse(
        _ reason: SampleFaults.Reason, _ bytes: Span<UInt8>, _ start: Int, _ end: Int
    ) -> Sample? {
        let last = min(end, start + SampleFaults.excerptBound)
        let excerpt = (start..<max(start, last)).map { bytes[$0] }
        faults.add(lines, reason, String(decoding: excerpt, as: UTF8.self))
        return nil
    }
}
