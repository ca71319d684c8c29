package import Pipeline

extension JournalBlock {
    /// - Parameters:
    ///   - pointNumbers: durable numbers by position in the registry; likewise `gatewayNumbers`.
    package static func encode(_ batch: JournalBatch, pointNumbers: [Int64], gatewayNumbers: [Int64]) -> [UInt8] {
        var writer = ByteWriter(reserving: 64 + batch.messages.count * 12 + batch.sampleCount * 3)
        writer.byte(version)
        writer.unsigned(UInt64(batch.messages.count))
        writer.unsigned(UInt64(batch.sampleCount))
        write(batch.messages, gatewayNumbers, to: &writer)
        write(batch.pointRuns, pointNumbers, to: &writer)
        var lastTime: Int64 = 0
        for run in batch.timeRuns {
            writer.signed(run.value &- lastTime)
            writer.unsigned(UInt64(run.count))
            lastTime = run.value
        }
        for run in batch.standingRuns {
            writer.byte(run.value.quality)
            writer.unsigned(UInt64(run.count) << 1 | (run.value.isLate ? 1 : 0))
        }
        PackedValues.write(batch.values, to: &writer)
        return writer.bytes
    }

    private static func write(
        _ messages: [JournalBatch.Message], _ gatewayNumbers: [Int64], to writer: inout ByteWriter
    ) {
        var lastReceived: Int64 = 0
        for message in messages {
            writer.unsigned(UInt64(gatewayNumbers[Int(message.gateway)]))
            writer.signed(message.receivedAt - lastReceived)
            writer.unsigned(UInt64(message.sampleCount))
            writer.byte((message.shift != 0 ? 1 : 0) | (message.hash != 0 ? 2 : 0) | (message.epoch != 0 ? 4 : 0))
            if message.shift != 0 { writer.signed(message.shift) }
            if message.hash != 0 { writer.fixed(message.hash) }
            if message.epoch != 0 { writer.byte(message.epoch) }
            lastReceived = message.receivedAt
        }
    }

    /// Neighbours in the registry are usually numbered one after the other; where they are not, the run is parted.
    private static func write(
        _ runs: [JournalBatch.Run<Int32>], _ pointNumbers: [Int64], to writer: inout ByteWriter
    ) {
        var expected: Int64 = 1
        for run in runs {
            var first = Int(run.value)
            let end = first + Int(run.count)
            while first < end {
                var last = first
                while last + 1 < end, pointNumbers[last + 1] == pointNumbers[last] + 1 { last += 1 }
                writer.signed(pointNumbers[first] - expected)
                writer.unsigned(UInt64(last - first + 1))
                expected = pointNumbers[last] + 1
                first = last + 1
            }
        }
    }
}
