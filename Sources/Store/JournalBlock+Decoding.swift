extension JournalBlock {
    package static func decode(_ bytes: [UInt8]) throws -> (messages: [Message], rows: [Row]) {
        var rows: [Row] = []
        let messages = try forEachRow(of: bytes) { rows.append($0) }
        return (messages, rows)
    }

    /// Hands over the samples one by one, in the order they were taken in.
    /// - Returns: the messages that brought them.
    @discardableResult
    @inline(__always)
    package static func forEachRow(of bytes: [UInt8], _ body: (Row) throws -> Void) throws -> [Message] {
        var reader = ByteReader(bytes)
        let version = try reader.byte()
        guard version == JournalBlock.version else {
            throw Unreadable(reason: "block version \(version) is not \(JournalBlock.version)")
        }
        let messageCount = Int(clamping: try reader.unsigned())
        let sampleCount = Int(clamping: try reader.unsigned())
        // Every message and every value takes a byte at least.
        guard messageCount <= bytes.count, sampleCount <= bytes.count else {
            throw Unreadable(reason: "counts \(messageCount) and \(sampleCount) exceed its \(bytes.count) bytes")
        }
        let messages = try readMessages(&reader, messageCount, of: sampleCount)
        guard messages.reduce(0, { $0 + $1.sampleCount }) == sampleCount else {
            throw Unreadable(reason: "its messages do not add up to \(sampleCount) samples")
        }
        let runs = try BlockRuns(&reader, of: sampleCount)
        var values = try PackedValues.Reader(&reader, count: sampleCount)
        var place = BlockRuns.Place()
        for message in messages {
            var row = Row(
                point: 0, time: 0, value: 0, quality: 0, isLate: false, receivedAt: message.receivedAt,
                epoch: message.epoch, shift: message.shift)
            for _ in 0..<message.sampleCount {
                runs.read(&place, into: &row)
                row.value = try values.next(&reader)
                try body(row)
            }
        }
        guard reader.isAtEnd else { throw Unreadable(reason: "bytes follow its last column") }
        return messages
    }

    private static func readMessages(
        _ reader: inout ByteReader, _ count: Int, of sampleCount: Int
    ) throws -> [Message] {
        var messages: [Message] = []
        messages.reserveCapacity(count)
        var lastReceived: Int64 = 0
        for _ in 0..<count {
            let gateway = Int64(clamping: try reader.unsigned())
            lastReceived &+= try reader.signed()
            let samples = Int(clamping: try reader.unsigned())
            guard samples <= sampleCount else { throw Unreadable(reason: "a message has more samples than the block") }
            let flags = try reader.byte()
            messages.append(
                Message(
                    gateway: gateway, receivedAt: lastReceived, shift: flags & 1 != 0 ? try reader.signed() : 0,
                    hash: flags & 2 != 0 ? try reader.fixed() : 0, epoch: flags & 4 != 0 ? try reader.byte() : 0,
                    sampleCount: samples))
        }
        return messages
    }
}
