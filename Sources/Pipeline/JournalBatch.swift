package import Telemetry

/// The samples of one burst in the order they were taken in, column by column, each but the values as runs: a
/// message usually brings neighbouring points, all of one time and quality, which then cost nothing but their value.
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

    /// Samples one after the other that share something. For points: of the points `value`, `value + 1`, …
    package struct Run<Value: Sendable & Hashable>: Sendable, Hashable {
        package let value: Value
        package var count: Int32
    }

    /// A sample's quality, and whether it was older than its point's newest, and so took no part in live alarms.
    package struct Standing: Sendable, Hashable {
        package let quality: UInt8
        package let isLate: Bool
    }

    package private(set) var messages: [Message] = []
    package private(set) var values: [Double] = []
    package private(set) var pointRuns: [Run<Int32>] = []
    package private(set) var timeRuns: [Run<Int64>] = []
    package private(set) var standingRuns: [Run<Standing>] = []
    package private(set) var earliest = Int64.max
    package private(set) var latest = Int64.min
    /// The earliest and latest sample of each gateway, by its index.
    package private(set) var spans: [Int32: ClosedRange<Int64>] = [:]

    private var nextPoint: Int32 = -1
    private var lastTime = Int64.min
    private var lastStanding = UInt16.max
    private var messageStart = 0
    private var messageEarliest = Int64.max
    private var messageLatest = Int64.min

    private struct Key: Hashable {
        let point: Int32
        let time: Int64
    }

    private var places: [Key: Int] = [:]
    private var indexed = Cursor()

    package init() {}

    package var isEmpty: Bool { values.isEmpty && messages.isEmpty }
    package var sampleCount: Int { values.count }

    package mutating func begin(_ message: Message) {
        messages.append(message)
        messageStart = values.count
        messageEarliest = .max
        messageLatest = .min
        // The first sample of a message counts for the message's span, whatever the time of the one before.
        lastTime = .min
    }

    @inline(__always)
    package mutating func append(_ point: Int, time: Int64, value: Double, quality: Quality, isLate: Bool) {
        let point = Int32(truncatingIfNeeded: point)
        if point == nextPoint {
            pointRuns[pointRuns.count - 1].count += 1
        } else {
            pointRuns.append(Run(value: point, count: 1))
        }
        nextPoint = point + 1
        if time == lastTime { timeRuns[timeRuns.count - 1].count += 1 } else { begin(time: time) }
        let standing = UInt16(quality.rawValue) << 1 | (isLate ? 1 : 0)
        if standing == lastStanding {
            standingRuns[standingRuns.count - 1].count += 1
        } else {
            lastStanding = standing
            standingRuns.append(Run(value: Standing(quality: quality.rawValue, isLate: isLate), count: 1))
        }
        values.append(value)
    }

    private mutating func begin(time: Int64) {
        lastTime = time
        // Kept up to date for the message under way, too: its values can repeat one another.
        messageEarliest = min(messageEarliest, time)
        messageLatest = max(messageLatest, time)
        earliest = min(earliest, time)
        latest = max(latest, time)
        timeRuns.append(Run(value: time, count: 1))
    }

    /// Ends the message begun last; drops it if nothing came of it.
    package mutating func endMessage() {
        guard let last = messages.last else { return }
        let count = values.count - messageStart
        guard count > 0 || last.hash != 0 else {
            messages.removeLast()
            return
        }
        messages[messages.count - 1].sampleCount = Int32(count)
        guard count > 0 else { return }
        let known = spans[last.gateway] ?? messageEarliest...messageLatest
        spans[last.gateway] = min(known.lowerBound, messageEarliest)...max(known.upperBound, messageLatest)
    }

    /// The value this burst holds for exactly this point and time. The first call indexes the burst, the next ones what
    /// was added since.
    mutating func value(_ point: Int, at time: Int64) -> Double? {
        guard time >= earliest, time <= latest else { return nil }
        while let sample = next(&indexed) {
            let key = Key(point: sample.point, time: sample.time)
            if places[key] == nil { places[key] = indexed.sample - 1 }
        }
        return places[Key(point: Int32(point), time: time)].map { values[$0] }
    }

    mutating func removeAll() {
        messages.removeAll(keepingCapacity: true)
        values.removeAll(keepingCapacity: true)
        pointRuns.removeAll(keepingCapacity: true)
        timeRuns.removeAll(keepingCapacity: true)
        standingRuns.removeAll(keepingCapacity: true)
        spans.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
        indexed = Cursor()
        nextPoint = -1
        lastTime = .min
        lastStanding = .max
        messageStart = 0
        earliest = .max
        latest = .min
    }
}
