/// The earliest and latest sample of one gateway in one journal row.
struct JournalSpan {
    /// The gateway's durable number.
    let gateway: Int64
    let earliest: Int64
    let latest: Int64

    func contains(_ gateway: Int64, _ time: Int64) -> Bool {
        gateway == self.gateway && earliest <= time && time <= latest
    }

    /// - Parameter times: of the messages' samples, in the order of the block.
    static func spans(of messages: [JournalBlock.Message], _ times: [Int64]) -> [JournalSpan] {
        var found: [Int64: ClosedRange<Int64>] = [:]
        var start = 0
        for message in messages {
            let part = times[start..<start + message.sampleCount]
            start += message.sampleCount
            guard let earliest = part.min(), let latest = part.max() else { continue }
            let known = found[message.gateway] ?? earliest...latest
            found[message.gateway] = min(known.lowerBound, earliest)...max(known.upperBound, latest)
        }
        return found.map {
            JournalSpan(gateway: $0.key, earliest: $0.value.lowerBound, latest: $0.value.upperBound)
        }
    }

    static func encode(_ spans: [JournalSpan]) -> [UInt8] {
        var writer = ByteWriter()
        for span in spans.sorted(by: { $0.gateway < $1.gateway }) {
            writer.unsigned(UInt64(span.gateway))
            writer.signed(span.earliest)
            writer.unsigned(UInt64(span.latest - span.earliest))
        }
        return writer.bytes
    }

    static func decode(_ bytes: [UInt8]) throws -> [JournalSpan] {
        var reader = ByteReader(bytes)
        var spans: [JournalSpan] = []
        while !reader.isAtEnd {
            let gateway = Int64(clamping: try reader.unsigned())
            let earliest = try reader.signed()
            spans.append(
                JournalSpan(
                    gateway: gateway, earliest: earliest,
                    latest: earliest &+ Int64(clamping: try reader.unsigned())))
        }
        return spans
    }
}
