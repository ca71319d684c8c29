import Chunks
import Testing

@Suite("Times and receipts")
struct TimeColumnTests {
    static func check(_ times: [Int64], _ receipts: [Int64]) throws {
        let column = try TimeColumn(TimeColumn.encode(times: times, receipts: receipts))
        #expect(column.count == times.count)
        let all = 0..<column.blockCount
        #expect(try column.times(blocks: all) == times)
        #expect(try column.receipts(blocks: all) == receipts)
        for block in all {
            let samples = ChunkLimits.samples(inBlock: block, of: times.count)
            #expect(try column.times(blocks: block..<block + 1) == Array(times[samples]))
            #expect(try column.receipts(blocks: block..<block + 1) == Array(receipts[samples]))
        }
    }

    @Test("the least and the largest numbers come back, whatever their differences wrap to")
    func extremes() throws {
        let edges: [Int64] = [.min, .max, 0, -1, 1, .min + 1, .max - 1, 1 << 62, -(1 << 62)]
        for edge in edges { try Self.check([edge], [edge]) }
        var random = SplitMix(seed: 3)
        for _ in 0..<20 {
            let times = (0..<100).map { _ in edges.randomElement(using: &random) ?? 0 }
            try Self.check(times, times.reversed())
            try Self.check([Int64](repeating: times[0], count: 50) + times, times + [Int64](repeating: .min, count: 50))
        }
    }

    @Test("times of every shape come back, with any kind of receipts", arguments: TimeShape.allCases)
    func shapes(_ shape: TimeShape) throws {
        for seed in UInt64(1)...3 {
            var random = SplitMix(seed: seed &* 31)
            let count = Int.random(in: 1...ChunkLimits.samples, using: &random)
            let times = shape.times(count, seed: seed)
            try Self.check(times, [Int64](repeating: 1_760_000_000_000, count: count))
            try Self.check(times, times.map { $0 &+ 40 })
            try Self.check(times, times.map { $0 &+ Int64.random(in: 3...60, using: &random) })
            try Self.check(times, times.indices.map { times[$0 / 60 * 60] })
        }
    }

    @Test("chunks of any length come back", arguments: [0, 1, 2, 3, 5, 63, 2_047, 2_048, 2_049, 4_096, 32_767, 32_768])
    func lengths(_ count: Int) throws {
        let times = TimeShape.jitteredGaps.times(count, seed: 5)
        try Self.check(times, times.map { $0 + $0 % 7 })
    }
}
