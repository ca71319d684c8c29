package import Pipeline

/// The samples of one burst as one run of bytes (`schemas/journal-block.md`).
///
/// Points and gateways are named by their durable numbers. Columns follow one another: message headers,
/// point numbers, times, qualities with lateness as runs, values.
package enum JournalBlock {
    package static let version: UInt8 = 1
    /// A block this program cannot read.
    package struct Unreadable: Error {
        package let reason: String
    }

    /// One sample with what its message knows.
    package struct Row {
        package var point: Int64
        package var time: Int64
        package var value: Double
        package var quality: UInt8
        package var isLate: Bool
        package var receivedAt: Int64
        package var epoch: UInt8
    }

    package struct Message {
        package var gateway: Int64
        package var receivedAt: Int64
        package var shift: Int64
        package var hash: UInt64
        package var epoch: UInt8
        package var sampleCount: Int
    }

    /// - Parameters:
    ///   - pointNumbers: durable numbers by position in the registry; likewise `gatewayNumbers`.
    package static func encode(_ batch: JournalBatch, pointNumbers: [Int64], gatewayNumbers: [Int64]) -> [UInt8] {
        var writer = ByteWriter(reserving: 32 + batch.messages.count * 8 + batch.sampleCount * 7)
        writer.byte(version)
        writer.unsigned(UInt64(batch.messages.count))
        writer.unsigned(UInt64(batch.sampleCount))
        var lastReceived: Int64 = 0
        for message in batch.messages {
            writer.unsigned(UInt64(gatewayNumbers[Int(message.gateway)]))
            writer.signed(message.receivedAt - lastReceived)
            writer.unsigned(UInt64(message.sampleCount))
            writer.byte((message.shift != 0 ? 1 : 0) | (message.hash != 0 ? 2 : 0) | (message.epoch != 0 ? 4 : 0))
            if message.shift != 0 { writer.signed(message.shift) }
            if message.hash != 0 { writer.fixed(message.hash) }
            if message.epoch != 0 { writer.byte(message.epoch) }
            lastReceived = message.receivedAt
        }
        var lastPoint: Int64 = 0
        for point in batch.points {
            let number = pointNumbers[Int(point)]
            writer.signed(number - lastPoint - 1)
            lastPoint = number
        }
        var lastTime: Int64 = 0
        for time in batch.times {
            writer.signed(time &- lastTime)
            lastTime = time
        }
        var place = 0
        while place < batch.sampleCount {
            var end = place + 1
            while end < batch.sampleCount, batch.qualities[end] == batch.qualities[place],
                batch.lateness[end] == batch.lateness[place]
            {
                end += 1
            }
            writer.byte(batch.qualities[place])
            writer.unsigned(UInt64(end - place) << 1 | (batch.lateness[place] ? 1 : 0))
            place = end
        }
        for value in batch.values { PackedValue.write(value, to: &writer) }
        return writer.bytes
    }

    package static func decode(_ bytes: [UInt8]) throws -> (messages: [Message], rows: [Row]) {
        var reader = ByteReader(bytes)
        let version = try reader.byte()
        guard version == JournalBlock.version else {
            throw Unreadable(reason: "block version \(version) is not \(JournalBlock.version)")
        }
        let messageCount = Int(clamping: try reader.unsigned())
        let sampleCount = Int(clamping: try reader.unsigned())
        guard messageCount <= bytes.count, sampleCount <= bytes.count else {
            throw Unreadable(reason: "counts \(messageCount) and \(sampleCount) exceed its \(bytes.count) bytes")
        }
        let messages = try readMessages(&reader, messageCount, of: sampleCount)
        guard messages.reduce(0, { $0 + $1.sampleCount }) == sampleCount else {
            throw Unreadable(reason: "its messages do not add up to \(sampleCount) samples")
        }
        var rows: [Row] = []
        rows.reserveCapacity(sampleCount)
        for message in messages {
            for _ in 0..<message.sampleCount {
                rows.append(
                    Row(
                        point: 0, time: 0, value: 0, quality: 0, isLate: false, receivedAt: message.receivedAt,
                        epoch: message.epoch))
            }
        }
        try readColumns(&reader, &rows)
        guard reader.isAtEnd else { throw Unreadable(reason: "bytes follow its last column") }
        return (messages, rows)
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

    private static func readColumns(_ reader: inout ByteReader, _ rows: inout [Row]) throws {
        var point: Int64 = 0
        for place in rows.indices {
            point &+= try reader.signed() &+ 1
            rows[place].point = point
        }
        var time: Int64 = 0
        for place in rows.indices {
            time &+= try reader.signed()
            rows[place].time = time
        }
        var place = 0
        while place < rows.count {
            let quality = try reader.byte()
            let run = try reader.unsigned()
            let count = Int(clamping: run >> 1)
            guard count > 0, count <= rows.count - place else { throw Unreadable(reason: "a quality run is too long") }
            for offset in place..<(place + count) {
                rows[offset].quality = quality
                rows[offset].isLate = run & 1 != 0
            }
            place += count
        }
        for place in rows.indices { rows[place].value = try PackedValue.read(&reader) }
    }
}
