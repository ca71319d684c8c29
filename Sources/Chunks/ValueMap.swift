/// What stands between the integers of values and those that are stored.
enum ValueMap {
    case none
    /// Places among numbers of few digits.
    case digits(DigitRank)
    /// Places in a list of all different integers.
    case dictionary([Int64])

    /// What it is called in the byte that it shares with the form.
    var code: UInt8 {
        switch self {
        case .none: 0
        case .digits: 1
        case .dictionary: 2
        }
    }

    func write(to writer: inout ChunkWriter) {
        switch self {
        case .none: break
        case .digits(let rank): writer.byte(UInt8(rank.digits))
        case .dictionary(let entries):
            writer.unsigned(UInt64(entries.count))
            writer.append(IntegerColumn.encode(entries))
        }
    }

    init(code: UInt8, _ reader: inout ChunkReader) throws(ChunkError) {
        switch code {
        case 0: self = .none
        case 1:
            let digits = try reader.byte("number of digits")
            guard digits >= 1, digits <= DigitRank.most else {
                throw .outOfRange(what: "number of digits", value: UInt64(digits))
            }
            self = .digits(DigitRank(digits: Int(digits)))
        case 2:
            let count = try reader.unsigned("size of the dictionary", atMost: ChunkLimits.samples)
            guard count > 0 else { throw .outOfRange(what: "size of the dictionary", value: 0) }
            let column = try IntegerColumn(&reader, count: count)
            self = .dictionary(try column.decode(blocks: 0..<ChunkLimits.blocks(of: count), count, of: reader.bytes))
        default: throw .outOfRange(what: "map of values", value: UInt64(code))
        }
    }

    /// Replaces what was stored by the integers of values.
    func restore(
        block: Int, _ count: Int, _ integers: UnsafeMutablePointer<Int64>
    ) throws(ChunkError) {
        switch self {
        case .none: break
        case .digits(let rank):
            for sample in 0..<count { unsafe integers[sample] = rank.number(integers[sample]) }
        case .dictionary(let entries):
            let limit = UInt64(entries.count)
            for sample in 0..<count {
                let place = unsafe UInt64(bitPattern: integers[sample])
                guard place < limit else { throw .damagedBlock(block) }
                unsafe integers[sample] = entries[Int(place)]
            }
        }
    }
}
