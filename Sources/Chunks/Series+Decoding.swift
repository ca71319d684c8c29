extension Series {
    /// Decodes one block of a series.
    struct Decoder {
        private let series: Series
        private let tables: DecodingTables

        /// Of a packed series, the bytes of all its numbers.
        private let unpacked: [UInt8]

        /// `bytes` are those that the series was read from.
        init(_ series: Series, of bytes: [UInt8]) throws(ChunkError) {
            self.series = series
            tables = DecodingTables(series.tables, series.shape)
            guard series.kind == .packed else {
                unpacked = []
                return
            }
            let frame = bytes[series.places[0]]
            guard let unpacked = Zstd.decompress(frame, to: series.count * series.width) else {
                throw .damagedBlock(0)
            }
            self.unpacked = unpacked
        }

        /// What all numbers of the series are, where that can be seen without decoding them.
        var constant: Int64? { series.kind == .exact && series.velocities[0] == 0 ? series.starts[0] : nil }

        /// Writes the first `count` numbers of block `index`, of which there is one with as many, to the front of
        /// `numbers`, which has room for them. `bytes` are those that the series was read from.
        func decode(
            block index: Int, _ count: Int, of bytes: [UInt8], into numbers: UnsafeMutablePointer<Int64>
        ) throws(ChunkError) {
            let isWhole = count == ChunkLimits.samples(inBlock: index, of: series.count).count
            switch series.kind {
            case .exact: unsafe extrapolate(block: index, count, into: numbers)
            case .packed: unsafe unpack(block: index, count, into: numbers)
            case .coded:
                let place = series.places[index]
                guard place.count >= BlockStream.head else { throw .damagedBlock(index) }
                let isSpent = unsafe bytes.withUnsafeBufferPointer { bytes -> Bool in
                    guard let base = bytes.baseAddress else { return false }
                    return unsafe tables.slots.withUnsafeBufferPointer { slots -> Bool in
                        guard let slots = slots.baseAddress else { return false }
                        var stream = unsafe BlockStream(base + place.lowerBound, count: place.count, slots: slots)
                        if series.contexts.count == 1 {
                            unsafe decodePlain(&stream, block: index, count, into: numbers)
                        } else {
                            unsafe decodeInContext(&stream, block: index, count, into: numbers)
                        }
                        return stream.isSpent || !isWhole
                    }
                }
                guard isSpent else { throw .damagedBlock(index) }
            }
        }

        private func extrapolate(block index: Int, _ count: Int, into numbers: UnsafeMutablePointer<Int64>) {
            let step = series.velocities[0]
            var number = series.starts[0] &+ Int64(index * ChunkLimits.block) &* step
            for sample in 0..<count {
                unsafe numbers[sample] = number
                number = number &+ step
            }
        }

        /// One table: the tokens do not depend on the numbers, so they are taken first, then their raw bits, and the
        /// processor can look ahead in every loop.
        private func decodePlain(
            _ stream: inout BlockStream, block index: Int, _ count: Int, into numbers: UnsafeMutablePointer<Int64>
        ) {
            unsafe tables.numbers.withUnsafeBufferPointer { bases in
                unsafe tables.rawBits.withUnsafeBufferPointer { lengths in
                    unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: ChunkLimits.block) { tokens in
                        for pair in 0..<count / 2 {
                            unsafe (tokens[2 &* pair], tokens[2 &* pair &+ 1]) = stream.pair()
                        }
                        if count % 2 == 1 { unsafe tokens[count &- 1] = stream.even() }
                        if tables.hasRawBits {
                            for sample in 0..<count {
                                let token = unsafe Int(tokens[sample])
                                let stored = unsafe bases[token] | stream.raw(lengths[token])
                                unsafe numbers[sample] = Int64(bitPattern: stored)
                            }
                        } else {
                            for sample in 0..<count { unsafe numbers[sample] = Int64(tokens[sample]) }
                        }
                    }
                }
            }
            unsafe restore(block: index, count, numbers)
        }

        /// Replaces what is stored for predictions missed by the numbers themselves.
        private func restore(block index: Int, _ count: Int, _ numbers: UnsafeMutablePointer<Int64>) {
            let predictor = series.predictor
            let rule = Predictor.Rule(predictor)
            var state = predictor.state(start: series.starts[index], velocity: series.velocities[index])
            if rule.isSimple {
                for sample in 0..<count {
                    let miss = unsafe Int64(zigzag: UInt64(bitPattern: numbers[sample]))
                    unsafe numbers[sample] = rule.prediction(rule.rounded(state)) &+ miss
                    rule.step(&state, miss: miss)
                }
            } else {
                for sample in 0..<count {
                    let miss = unsafe rule.miss(UInt64(bitPattern: numbers[sample]), &state)
                    unsafe numbers[sample] = rule.prediction(rule.rounded(state)) &+ miss
                    rule.advance(&state, miss: miss)
                }
            }
        }

        /// Several tables: which one a token is coded with follows from the numbers before it.
        private func decodeInContext(
            _ stream: inout BlockStream, block index: Int, _ count: Int, into numbers: UnsafeMutablePointer<Int64>
        ) {
            let predictor = series.predictor
            let contexts = series.contexts
            let rule = Predictor.Rule(predictor)
            let bits = Int64(contexts.fractionBits)
            var state = predictor.state(start: series.starts[index], velocity: series.velocities[index])
            unsafe tables.numbers.withUnsafeBufferPointer { bases in
                unsafe tables.rawBits.withUnsafeBufferPointer { lengths in
                    for sample in 0..<count {
                        let rounded = rule.rounded(state)
                        let part = rule.part(rounded, bits: bits)
                        let activityClass = contexts.classes > 1 ? contexts.activityClass(state.activity) : 0
                        let context = contexts.index(part: part, class: activityClass)
                        let token = Int(sample & 1 == 0 ? stream.even(context) : stream.odd(context))
                        let miss = unsafe rule.miss(bases[token] | stream.raw(lengths[token]), &state)
                        unsafe numbers[sample] = rule.prediction(rule.rounded(state)) &+ miss
                        rule.advance(&state, miss: miss)
                        if contexts.classes > 1 { rule.note(&state, miss: miss) }
                    }
                }
            }
        }

        private func unpack(block index: Int, _ count: Int, into numbers: UnsafeMutablePointer<Int64>) {
            let width = series.width
            var place = index * ChunkLimits.block * width
            for sample in 0..<count {
                var value: UInt64 = 0
                for byte in 0..<width { value |= UInt64(unpacked[place + byte]) << UInt64(8 * byte) }
                unsafe numbers[sample] = series.least &+ Int64(bitPattern: value)
                place += width
            }
        }
    }
}
