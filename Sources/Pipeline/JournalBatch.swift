package import Telemetry

/// The samples of one burst in the order they were taken in, field by field.
package struct JournalBatch: Sendable {
    /// One message that brought samples.
    package struct Message: Sendable, Hashable {
        /// Index into the registry's gateways.
        package var gateway: Int32
        /// UTC milliseconds.
        package var receivedAt: Int64
        /// How far its times were moved back because its clock ran ahead, in milliseconds.
        package var shift: Int64
        /// Hash of a message without times, by which a second delivery is recognised; 0 for none.
        package var hash: UInt64
        /// The gateway's clock epoch.
        package var epoch: UInt8
        package var sampleCount: Int32

        package init(
            gateway: Int32, receivedAt: Int64, shift: Int64 = 0, hash: UInt64 = 0, epoch: UInt8 = 0,
            sampleCount: Int32 = 0
        ) {
            self.gateway = gateway
            self.receivedAt = receivedAt
            self.shift = shift
            self.hash = hash
            self.epoch = epoch
            self.sampleCount = sampleCount
        }
    }

    package private(set) var messages: [Message] = []
    package private(set) var points: [Int32] = []
    package private(set) var times: [Int64] = []
    package private(set) var values: [Double] = []
    package private(set) var qualities: [UInt8] = []
    /// Whether each sample was older than its point's newest, and so took no part in live alarms.
    package private(set) var lateness: [Bool] = []
    package private(set) var earliest = Int64.max
    package private(set) var latest = Int64.min

    /// The earliest and latest sample of each gateway, by its index.
    package private(set) var spans: [Int32: ClosedRange<Int64>] = [:]
    private var messageEarliest = Int64.max
    private var messageLatest = Int64.min

    private struct Key: Hashable {
        let point: Int32
        let time: Int64
    }

    private var places: [Key: Int] = [:]
    private var indexed = 0

    package init() {}

    package var isEmpty: Bool { points.isEmpty && messages.isEmpty }
    package var sampleCount: Int { points.count }

    package mutating func begin(_ message: Message) {
        messages.append(message)
        messageEarliest = .max
        messageLatest = .min
    }

    package mutating func append(_ point: Int, time: Int64, value: Double, quality: Quality, isLate: Bool) {
        points.append(Int32(point))
        times.append(time)
        values.append(value)
        qualities.append(quality.rawValue)
        lateness.append(isLate)
        messageEarliest = min(messageEarliest, time)
        messageLatest = max(messageLatest, time)
        // Kept up to date for the message under way, too: its values can repeat one another.
        earliest = min(earliest, time)
        latest = max(latest, time)
        messages[messages.count - 1].sampleCount += 1
    }

    /// Drops the message begun last if nothing came of it.
    package mutating func endMessage() {
        if let last = messages.last, messageEarliest <= messageLatest {
            let known = spans[last.gateway] ?? messageEarliest...messageLatest
            spans[last.gateway] =
                min(known.lowerBound, messageEarliest)...max(known.upperBound, messageLatest)
        }
        if let last = messages.last, last.sampleCount == 0, last.hash == 0 { messages.removeLast() }
    }

    /// The value this burst holds for exactly this point and time. The first call indexes the burst, the next ones what
    /// was added since.
    mutating func value(_ point: Int, at time: Int64) -> Double? {
        guard time >= earliest, time <= latest else { return nil }
        for place in indexed..<points.count {
            let key = Key(point: points[place], time: times[place])
            if places[key] == nil { places[key] = place }
        }
        indexed = points.count
        return places[Key(point: Int32(point), time: time)].map { values[$0] }
    }

    mutating func removeAll() {
        messages.removeAll(keepingCapacity: true)
        points.removeAll(keepingCapacity: true)
        times.removeAll(keepingCapacity: true)
        values.removeAll(keepingCapacity: true)
        qualities.removeAll(keepingCapacity: true)
        lateness.removeAll(keepingCapacity: true)
        spans.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
        indexed = 0
        earliest = .max
        latest = .min
    }
}
