import Chunks
import Testing

@Suite("Values and qualities")
struct ValueColumnTests {
    static func check(_ values: [Double], _ qualities: [UInt8]) throws {
        let bytes = ValueColumn.encode(values: values, qualities: qualities)
        let column = try ValueColumn(bytes)
        #expect(column.count == values.count)
        let all = 0..<column.blockCount
        let back = try column.values(blocks: all)
        #expect(back.map(\.bitPattern) == values.map(\.bitPattern))
        #expect(try column.qualities(blocks: all) == qualities)
        for block in all {
            let samples = ChunkLimits.samples(inBlock: block, of: values.count)
            #expect(try column.values(blocks: block..<block + 1).map(\.bitPattern) == values[samples].map(\.bitPattern))
            #expect(try column.qualities(blocks: block..<block + 1) == Array(qualities[samples]))
        }
    }

    @Test("every edge value comes back bit for bit, alone and among others", arguments: EdgeValues.all.indices)
    func edge(_ index: Int) throws {
        let edge = EdgeValues.all[index]
        try Self.check([edge], [192])
        try Self.check([edge, edge, edge], [0, 1, 255])
        for place in [0, 1, 30, 59] {
            var values = (0..<60).map { Double($0 % 7) / 10 }
            values[place] = edge
            try Self.check(values, [UInt8](repeating: 192, count: 60))
        }
    }

    @Test("all edge values together come back", arguments: [0, 1, 2, 3])
    func edges(_ seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let values = (0..<3_000).map { _ in EdgeValues.all.randomElement(using: &random) ?? 0 }
        try Self.check(values, values.map { _ in UInt8.random(in: 0...255, using: &random) })
    }

    @Test("chunks of any length come back", arguments: [0, 1, 2, 3, 5, 63, 2_047, 2_048, 2_049, 4_096, 32_767, 32_768])
    func lengths(_ count: Int) throws {
        for shape in [Shape.pressure, .levels, .constant, .repeating] {
            try Self.check(shape.values(count, seed: 7), [UInt8](repeating: 192, count: count))
        }
    }

    @Test("values of every shape come back", arguments: Shape.allCases)
    func shapes(_ shape: Shape) throws {
        for seed in UInt64(1)...3 {
            var random = SplitMix(seed: seed &* 977)
            let count = Int.random(in: 1...ChunkLimits.samples, using: &random)
            let values = shape.values(count, seed: seed)
            let run = Int.random(in: 1...5_000, using: &random)
            try Self.check(values, (0..<count).map { $0 / run % 3 == 1 ? 0 : 192 })
        }
    }

    @Test("parts of different shapes in one chunk come back", arguments: 0..<20)
    func patchwork(_ seed: Int) throws {
        var random = SplitMix(seed: UInt64(seed))
        var values: [Double] = []
        while values.count < 9_000 {
            let shape = Shape.allCases.randomElement(using: &random) ?? .constant
            values += shape.values(Int.random(in: 1...3_000, using: &random), seed: random.next())
        }
        try Self.check(values, values.map { _ in random.next() % 50 == 0 ? 24 : 192 })
    }

    @Test("asking for blocks that do not exist is an error")
    func blocks() throws {
        let column = try ValueColumn(ValueColumn.encode(values: [1, 2], qualities: [0, 0]))
        #expect(throws: ChunkError.noSuchBlocks(asked: 0..<2, blocks: 1)) { try column.values(blocks: 0..<2) }
        #expect(throws: ChunkError.noSuchBlocks(asked: -1..<1, blocks: 1)) { try column.qualities(blocks: -1..<1) }
        #expect(try column.values(blocks: 1..<1).isEmpty)
    }
}
