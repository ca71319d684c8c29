/// A series of integers as it is stored: what there is to know before its blocks can be decoded.
struct Series {
    /// How the numbers are stored.
    enum Kind: UInt8 {
        /// Every number is the predicted one; there are no blocks of bytes.
        case exact = 0
        /// What predictions missed, as tokens coded with tables.
        case coded = 1
        /// The numbers less the smallest, in a fixed number of bytes each, compressed with zstd as one.
        case packed = 2
    }

    let kind: Kind
    let count: Int
    private(set) var predictor = Predictor()
    private(set) var shape = TokenShape(direct: 4, mantissa: 1)
    private(set) var contexts = Contexts()
    private(set) var tables: [SymbolTable] = []
    /// By block: where it starts, and the velocity it starts with.
    private(set) var starts: [Int64] = []
    private(set) var velocities: [Int64] = []
    /// Of a packed series: the smallest number, and the bytes that each takes.
    private(set) var least: Int64 = 0
    private(set) var width = 0
    /// By block: where its bytes are. Of a packed series: where its only frame is.
    private(set) var places: [Range<Int>] = []

    /// Reads the header of a series of `count` numbers; the reader is behind the whole series then.
    init(_ reader: inout ChunkReader, count: Int) throws(ChunkError) {
        self.count = count
        let kind = try reader.byte("kind of series")
        guard let known = Kind(rawValue: kind) else { throw .outOfRange(what: "kind of series", value: UInt64(kind)) }
        self.kind = known
        let blocks = ChunkLimits.blocks(of: count)
        switch known {
        case .exact:
            starts = [try reader.signed("first number")]
            velocities = [try reader.signed("difference of numbers")]
        case .coded:
            try readPredictor(&reader, blocks: blocks)
            try readTables(&reader)
            try readPlaces(&reader, parts: blocks)
        case .packed:
            least = try reader.signed("smallest number")
            width = Int(try reader.byte("width of numbers"))
            guard width >= 1, width <= 8 else { throw .outOfRange(what: "width of numbers", value: UInt64(width)) }
            try readPlaces(&reader, parts: 1)
        }
    }

    private mutating func readPredictor(_ reader: inout ChunkReader, blocks: Int) throws(ChunkError) {
        predictor.gain = try reader.byte("gain")
        predictor.trend = try reader.byte("trend")
        let fraction = try reader.byte("fraction")
        predictor.fraction = fraction & 0x7F
        if fraction & 0x80 != 0 { predictor.missBits = try reader.byte("bits of a miss") }
        if predictor.trend == Predictor.none { predictor.velocity = try reader.signed("velocity") }
        guard predictor.isValid else { throw .outOfRange(what: "predictor", value: UInt64(fraction)) }
        var expected: Int64 = 0
        for _ in 0..<blocks {
            starts.append(expected &+ (try reader.signed("start of a block")))
            expected = predictor.next(after: starts[starts.count - 1])
            if predictor.trend == Predictor.none {
                velocities.append(predictor.velocity)
            } else {
                velocities.append(try reader.signed("velocity of a block"))
            }
        }
    }

    private mutating func readTables(_ reader: inout ChunkReader) throws(ChunkError) {
        let shape = try reader.byte("shape of tokens")
        self.shape = TokenShape(direct: UInt64(shape & 15), mantissa: UInt64(shape >> 4))
        guard self.shape.direct <= 7, self.shape.mantissa <= min(3, self.shape.direct) else {
            throw .outOfRange(what: "shape of tokens", value: UInt64(shape))
        }
        let split = try reader.byte("contexts")
        contexts.fractionBits = split & 15
        contexts.classes = split >> 4
        if contexts.classes > 1 {
            contexts.quiet = try reader.byte("quiet activity")
            predictor.activity = try reader.unsigned("activity")
        }
        guard contexts.isValid(fraction: predictor.fraction) else {
            throw .outOfRange(what: "contexts", value: UInt64(split))
        }
        var bits = BitReader(reader)
        for context in 0..<contexts.count {
            let table = try SymbolTable.read(&bits, after: context == 0 ? [] : tables[context - 1].codes)
            guard table.codes.count <= self.shape.tokens else {
                throw .outOfRange(what: "number of tokens", value: UInt64(table.codes.count))
            }
            tables.append(table)
        }
        reader = bits.rest
    }

    private mutating func readPlaces(_ reader: inout ChunkReader, parts: Int) throws(ChunkError) {
        var lengths: [Int] = []
        for _ in 0..<parts { lengths.append(try reader.unsigned("length of a block", atMost: 1 << 20)) }
        for length in lengths { places.append(try reader.skip(length, "a block")) }
    }
}
