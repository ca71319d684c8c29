import CZstd
import Chunks
import Foundation
import GRDB
import Glibc
import TestKit

/// A data set cut into chunks, and what other forms of it take.
struct CodecColumns {
    private struct Part {
        /// The place of its time column.
        let times: Int
        let values: [Double]
        let qualities: [UInt8]
    }

    private static let day: Int64 = 86_400_000
    private static let receipt: Int64 = 1_770_000_000_000

    /// Time columns; points that share one do so here too.
    private var times: [[Int64]] = []
    private var parts: [Part] = []
    private var points: [(name: String, samples: SampleFile.Samples)]
    private(set) var samples = 0

    init(_ points: [(name: String, samples: SampleFile.Samples)]) {
        self.points = points
        var known: [[Int64]: Int] = [:]
        for point in points {
            for range in CodecColumns.chunks(point.samples.times) {
                let column = Array(point.samples.times[range])
                let place = known[column] ?? times.count
                if place == times.count {
                    known[column] = place
                    times.append(column)
                }
                parts.append(
                    Part(
                        times: place, values: Array(point.samples.values[range]),
                        qualities: [UInt8](repeating: 192, count: range.count)))
                samples += range.count
            }
        }
    }

    private static func chunks(_ times: [Int64]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start = 0
        for end in times.indices.dropFirst() + [times.count]
        where end == times.count || end - start == ChunkLimits.samples || times[end] / day != times[start] / day {
            if end > start { ranges.append(start..<end) }
            start = end
        }
        return ranges
    }

    /// Bytes of all columns. Decodes each and compares.
    func encoded() throws -> (times: Int, values: Int) {
        var size = (times: 0, values: 0)
        for column in times {
            let receipts = [Int64](repeating: CodecColumns.receipt, count: column.count)
            let bytes = TimeColumn.encode(times: column, receipts: receipts)
            let read = try TimeColumn(bytes)
            guard try read.times(blocks: 0..<read.blockCount) == column,
                try read.receipts(blocks: 0..<read.blockCount) == receipts
            else { throw TestKitError("a time column does not read back as it was written") }
            size.times += bytes.count
        }
        for part in parts {
            let bytes = ValueColumn.encode(values: part.values, qualities: part.qualities)
            let read = try ValueColumn(bytes)
            let values = try read.values(blocks: 0..<read.blockCount)
            guard zip(values, part.values).allSatisfy({ $0.bitPattern == $1.bitPattern }),
                values.count == part.values.count,
                try read.qualities(blocks: 0..<read.blockCount) == part.qualities
            else { throw TestKitError("a value column does not read back as it was written") }
            size.values += bytes.count
        }
        return size
    }

    func encodeSeconds() throws -> Double {
        CodecColumns.seconds {
            for column in times {
                _ = TimeColumn.encode(
                    times: column, receipts: [Int64](repeating: CodecColumns.receipt, count: column.count))
            }
            for part in parts { _ = ValueColumn.encode(values: part.values, qualities: part.qualities) }
        }
    }

    func decodeSeconds() throws -> Double {
        let columns = times.map {
            TimeColumn.encode(times: $0, receipts: [Int64](repeating: CodecColumns.receipt, count: $0.count))
        }
        let values = parts.map { ValueColumn.encode(values: $0.values, qualities: $0.qualities) }
        return try CodecColumns.seconds {
            for bytes in columns {
                let column = try TimeColumn(bytes)
                _ = try column.times(blocks: 0..<column.blockCount)
            }
            for bytes in values {
                let column = try ValueColumn(bytes)
                _ = try column.values(blocks: 0..<column.blockCount)
            }
        }
    }

    /// Bytes of the raw columns, times then values, point after point, as one zstd frame.
    func zstdSize(level: Int32) throws -> Int { try compressed(level: level).count }

    func zstdCompressSeconds() throws -> Double {
        try CodecColumns.seconds { _ = try compressed(level: 3) }
    }

    func zstdDecompressSeconds() throws -> Double {
        let frame = try compressed(level: 3)
        var raw = [UInt8](repeating: 0, count: samples * 16)
        return try CodecColumns.seconds {
            guard unsafe ZSTD_isError(ZSTD_decompress(&raw, raw.count, frame, frame.count)) == 0 else {
                throw TestKitError("zstd cannot read what it wrote")
            }
        }
    }

    private func compressed(level: Int32) throws -> [UInt8] {
        var raw: [UInt64] = []
        raw.reserveCapacity(samples * 2)
        for point in points {
            raw += point.samples.times.map { UInt64(bitPattern: $0) }
            raw += point.samples.values.map(\.bitPattern)
        }
        return try unsafe raw.withUnsafeBytes { bytes in
            try unsafe [UInt8](unsafeUninitializedCapacity: ZSTD_compressBound(bytes.count)) { frame, count in
                count = unsafe ZSTD_compress(
                    frame.baseAddress, frame.count, bytes.baseAddress, bytes.count, level)
                guard ZSTD_isError(count) == 0 else { throw TestKitError("zstd gives up") }
            }
        }
    }

    /// Bytes of a database file with one row a sample, after VACUUM.
    func rowsSize() throws -> Int {
        let folder = try TemporaryFolder("codec")
        let queue = try DatabaseQueue(path: folder.file("rows.sqlite"))
        try queue.writeWithoutTransaction { db in
            try db.execute(
                sql: """
                    CREATE TABLE sample (point INTEGER, t INTEGER, value REAL, PRIMARY KEY (point, t)) WITHOUT ROWID
                    """)
            try db.inTransaction {
                let insert = try db.makeStatement(sql: "INSERT OR IGNORE INTO sample VALUES (?, ?, ?)")
                for (number, point) in points.enumerated() {
                    for (time, value) in zip(point.samples.times, point.samples.values) {
                        try insert.execute(arguments: [number, time, value])
                    }
                }
                return .commit
            }
            try db.execute(sql: "VACUUM")
        }
        let pages = try queue.read { try Int.fetchOne($0, sql: "PRAGMA page_count") ?? 0 }
        return try pages * queue.read { try Int.fetchOne($0, sql: "PRAGMA page_size") ?? 0 }
    }

    /// The thread's processor time.
    private static func seconds(_ body: () throws -> Void) rethrows -> Double {
        let start = processorTime()
        try body()
        return processorTime() - start
    }

    private static func processorTime() -> Double {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
