import Chunks
import Foundation
import TestKit
import Testing

/// `schemas/read_history.py` was written from `schemas/chunk-format.md` alone: if both read the same, the text is true.
@Suite("The reader for third parties")
struct IndependentReaderTests {
    /// Columns on the way to Python, and what it should make of them.
    private struct Exchange {
        var columns = Data()
        var expected: [Data] = []

        mutating func add(times: [Int64], receipts: [Int64]) {
            append("T", TimeColumn.encode(times: times, receipts: receipts))
            expected.append(
                Exchange.bytes([UInt32(times.count)]) + Exchange.bytes(times) + Exchange.bytes(receipts))
        }

        mutating func add(values: [Double], qualities: [UInt8]) {
            append("V", ValueColumn.encode(values: values, qualities: qualities))
            expected.append(
                Exchange.bytes([UInt32(values.count)]) + Exchange.bytes(values.map(\.bitPattern)) + Data(qualities))
        }

        private mutating func append(_ kind: Character, _ column: [UInt8]) {
            columns += Data(String(kind).utf8) + Exchange.bytes([UInt32(column.count)]) + Data(column)
        }

        private static func bytes(_ numbers: [some FixedWidthInteger]) -> Data {
            var data = Data(capacity: numbers.count * 8)
            for number in numbers {
                for place in stride(from: 0, to: number.bitWidth, by: 8) {
                    data.append(UInt8(truncatingIfNeeded: number >> place))
                }
            }
            return data
        }
    }

    private static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    /// Lets Python decode everything, and names the columns in which it found something else.
    private func differences(_ exchange: Exchange) throws -> [Int] {
        let folder = try TemporaryFolder()
        try exchange.columns.write(to: URL(fileURLWithPath: folder.file("columns")))
        let python = try ChildProcess(
            "/usr/bin/python3",
            [
                "\(Self.package)/Tests/ChunksTests/decode_columns.py", "\(Self.package)/schemas",
                folder.file("columns"), folder.file("samples"),
            ], output: folder.file("output"))
        try #require(python.wait(timeout: .seconds(1_800)) == 0, "\(python.output)")
        let found = try Data(contentsOf: URL(fileURLWithPath: folder.file("samples")))
        var place = 0
        var different: [Int] = []
        for (number, expected) in exchange.expected.enumerated() {
            if found.dropFirst(place).prefix(expected.count) != expected { different.append(number) }
            place += expected.count
        }
        #expect(place == found.count)
        return different
    }

    @Test("agrees bit for bit on chunks of every shape")
    func random() throws {
        let count: UInt64 = FullCounts.areAsked ? 10_000 : 400
        var exchange = Exchange()
        for seed in 0..<count {
            let columns = RandomColumns(seed: seed)
            exchange.add(times: columns.times, receipts: columns.receipts)
            exchange.add(values: columns.values, qualities: columns.qualities)
        }
        let different = try differences(exchange)
        #expect(different.isEmpty, "of seeds \(different.map { $0 / 2 })")
    }

    @Test("agrees on values and times at the edges, alone and among others")
    func edges() throws {
        var exchange = Exchange()
        for edge in EdgeValues.all {
            for others in [[], [1.5], [0.1, 0.2, 0.3, 0.4], [edge, edge, edge], [.nan, 7]] as [[Double]] {
                exchange.add(
                    values: others + [edge] + others, qualities: [UInt8](repeating: 192, count: others.count * 2 + 1))
            }
        }
        exchange.add(values: EdgeValues.all, qualities: EdgeValues.all.indices.map { UInt8($0) })
        exchange.add(values: (0...255).map { Double($0) }, qualities: (0...255).map { UInt8($0) })
        let times: [Int64] = [.min, .max, 0, -1, 1, .min, .min + 1, .max - 1, 253_402_300_799_999, -62_135_596_800_000]
        exchange.add(times: times, receipts: times.reversed())
        for time in times { exchange.add(times: [time, time &+ 1], receipts: [0, time]) }
        #expect(try differences(exchange) == [])
    }

    @Test("agrees on chunks written earlier")
    func golden() throws {
        var exchange = Exchange()
        for golden in GoldenSamples.columns { exchange.add(values: golden.values, qualities: golden.qualities) }
        exchange.add(times: GoldenSamples.times, receipts: GoldenSamples.receipts)
        #expect(try differences(exchange) == [])
    }
}
