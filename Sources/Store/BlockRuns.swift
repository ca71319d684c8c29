/// The columns of a journal block that are kept as runs, read back.
struct BlockRuns {
    private struct Run<Value> {
        let value: Value
        let count: Int
    }

    /// How far a reader has come in each column.
    struct Place {
        fileprivate var point = (run: 0, offset: 0)
        fileprivate var time = (run: 0, offset: 0)
        fileprivate var standing = (run: 0, offset: 0)
    }

    private var points: [Run<Int64>] = []
    private var times: [Run<Int64>] = []
    private var standings: [Run<(quality: UInt8, isLate: Bool)>] = []

    /// Reads runs until each column covers `count` samples.
    init(_ reader: inout ByteReader, of count: Int) throws {
        var point: Int64 = 1
        try BlockRuns.cover(count) { rest in
            point &+= try reader.signed()
            let length = try BlockRuns.length(try reader.unsigned(), rest, "points")
            points.append(Run(value: point, count: length))
            point &+= Int64(length)
            return length
        }
        var time: Int64 = 0
        try BlockRuns.cover(count) { rest in
            time &+= try reader.signed()
            let length = try BlockRuns.length(try reader.unsigned(), rest, "times")
            times.append(Run(value: time, count: length))
            return length
        }
        try BlockRuns.cover(count) { rest in
            let quality = try reader.byte()
            let word = try reader.unsigned()
            let length = try BlockRuns.length(word >> 1, rest, "qualities")
            standings.append(Run(value: (quality, word & 1 != 0), count: length))
            return length
        }
    }

    /// Sets what the runs say of the sample at `place`, which moves on. There must be one.
    func read(_ place: inout Place, into row: inout JournalBlock.Row) {
        if place.point.offset == points[place.point.run].count { place.point = (place.point.run + 1, 0) }
        if place.time.offset == times[place.time.run].count { place.time = (place.time.run + 1, 0) }
        if place.standing.offset == standings[place.standing.run].count { place.standing = (place.standing.run + 1, 0) }
        row.point = points[place.point.run].value &+ Int64(place.point.offset)
        row.time = times[place.time.run].value
        row.quality = standings[place.standing.run].value.quality
        row.isLate = standings[place.standing.run].value.isLate
        place.point.offset += 1
        place.time.offset += 1
        place.standing.offset += 1
    }

    private static func cover(_ count: Int, _ next: (_ rest: Int) throws -> Int) throws {
        var rest = count
        while rest > 0 { rest -= try next(rest) }
    }

    private static func length(_ written: UInt64, _ rest: Int, _ column: String) throws -> Int {
        guard written > 0, written <= UInt64(rest) else {
            throw JournalBlock.Unreadable(reason: "a run of \(column) has \(written) samples where \(rest) are left")
        }
        return Int(written)
    }
}
