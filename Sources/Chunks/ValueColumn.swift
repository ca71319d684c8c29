/// The values and qualities of a chunk, block by block: see `chunk-format.md`.
package struct ValueColumn: Sendable {
    /// The samples of the chunk.
    package let count: Int
    /// The blocks they make: 2,048 each, the last fewer.
    package var blockCount: Int { ChunkLimits.blocks(of: count) }
    /// The bytes that are not in blocks of values: headers, tables, and what else the column holds.
    package var headerSize: Int { bytes.count - (numbers?.blockBytes ?? 0) }

    private let bytes: [UInt8]
    private let form: ValueForm
    private let map: ValueMap
    private let exceptions: Exceptions
    private let numbers: IntegerColumn?
    /// Where the qualities are; they are looked into when they are asked for.
    private let qualityPlace: Range<Int>

    /// Reads the header. `bytes` are a whole column as `encode` returned it.
    package init(_ bytes: [UInt8]) throws(ChunkError) {
        self.bytes = bytes
        var reader = try ChunkReader(sealed: bytes)
        count = try reader.chunkHeader()
        guard count > 0 else {
            (form, map, exceptions, numbers, qualityPlace) = (.pattern, .none, Exceptions(), nil, 0..<0)
            return
        }
        let (form, code) = try ValueForm.read(&reader)
        self.form = form
        map = try ValueMap(code: code, &reader)
        exceptions = try Exceptions(&reader, count: count)
        numbers = try IntegerColumn(&reader, count: count)
        qualityPlace = reader.place..<reader.end
    }

    /// The values of some blocks, one after the other; with `most`, only so many of them.
    package func values(blocks: Range<Int>, atMost most: Int = .max) throws(ChunkError) -> [Double] {
        try ChunkLimits.check(blocks, of: count)
        guard let numbers, !blocks.isEmpty else { return [] }
        let samples = ChunkLimits.samples(inBlocks: blocks, of: count, atMost: most)
        return try unsafe ChunkLimits.array(of: Double.self, samples.count) { values throws(ChunkError) in
            try unsafe ChunkLimits.withBlock { room throws(ChunkError) in
                for block in blocks {
                    let part = ChunkLimits.samples(inBlock: block, of: count).clamped(to: samples)
                    guard !part.isEmpty else { break }
                    let target = unsafe values + (part.lowerBound - samples.lowerBound)
                    try unsafe numbers.decode(block: block, part.count, of: bytes, into: room)
                    try unsafe map.restore(block: block, part.count, room)
                    unsafe form.restore(room, part.count, into: target)
                    unsafe exceptions.restore(part, into: target)
                }
            }
        }
    }

    /// The qualities of some blocks, one after the other; with `most`, only so many of them.
    package func qualities(blocks: Range<Int>, atMost most: Int = .max) throws(ChunkError) -> [UInt8] {
        try ChunkLimits.check(blocks, of: count)
        guard count > 0 else { return [] }
        var reader = ChunkReader(bytes, qualityPlace)
        let column = try IntegerColumn(&reader, count: count)
        if let constant = column.constant {
            let samples = ChunkLimits.samples(inBlocks: blocks, of: count, atMost: most)
            return [UInt8](repeating: UInt8(truncatingIfNeeded: constant), count: samples.count)
        }
        return try column.decode(blocks: blocks, count, of: bytes, atMost: most).map { UInt8(truncatingIfNeeded: $0) }
    }

    /// The column of these samples: as many values as qualities, at most `ChunkLimits.samples`.
    package static func encode(
        values: [Double], qualities: [UInt8], effort: EncodingEffort = .thorough
    ) -> [UInt8] {
        precondition(values.count == qualities.count && values.count <= ChunkLimits.samples)
        var writer = ChunkWriter()
        writer.chunkHeader(count: values.count)
        guard !values.isEmpty else { return writer.sealed() }
        writer.append(smallest(ValueFinder(values).forms(), effort))
        writer.append(IntegerColumn.encode(qualities.map { Int64($0) }))
        return writer.sealed()
    }

    /// The bytes of the form and map that take the fewest.
    private static func smallest(_ forms: [ValueFinder.Found], _ effort: EncodingEffort) -> [UInt8] {
        var smallest: [UInt8] = []
        for found in forms {
            for (map, numbers) in maps(of: found) {
                var writer = ChunkWriter()
                found.form.write(map: map.code, to: &writer)
                map.write(to: &writer)
                found.exceptions.write(to: &writer)
                writer.append(IntegerColumn.encode(numbers, effort: effort))
                if smallest.isEmpty || writer.bytes.count < smallest.count { smallest = writer.bytes }
            }
        }
        return smallest
    }

    private static func maps(of found: ValueFinder.Found) -> [(ValueMap, [Int64])] {
        let integers = found.integers
        let dictionary = ValueDictionary.fitting(integers)
        var maps: [(ValueMap, [Int64])] = []
        if let dictionary { maps.append((.dictionary(dictionary.entries), integers.map { dictionary.index($0) })) }
        if case .decimal = found.form {
            if let rank = DigitRank.fitting(integers) {
                maps.append((.digits(rank), integers.map { rank.rank($0) }))
            } else {
                maps.append((.none, integers))
            }
        } else if dictionary == nil {
            // Integers of many digits, if few of them are different, are never smaller than their places.
            maps.append((.none, integers))
        }
        return maps
    }
}
