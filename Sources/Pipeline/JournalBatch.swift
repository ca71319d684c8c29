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

    package init() {}

    package var isEmpty: Bool { points.isEmpty && messages.isEmpty }
    package var sampleCount: Int { points.count }

    package mutating func begin(_ message: Message) {
        messages.append(message)
    }

    package mutating func append(_ point: Int, time: Int64, value: Double, quality: Quality, isLate: Bool) {
        points.append(Int32(point))
        times.append(time)
        values.append(value)
        qualities.append(quality.rawValue)
        lateness.append(isLate)
        earliest = min(earliest, time)
        latest = max(latest, time)
        messages[messages.count - 1].sampleCount += 1
    }

    /// Drops the message begun last if nothing came of it.
    package mutating func endMessage() {
        if let last = messages.last, last.sampleCount == 0, last.hash == 0 { messages.removeLast() }
    }

    /// The value this burst holds for exactly this point and time.
    func value(_ point: Int, at time: Int64) -> Double? {
        guard time >= earliest, time <= latest else { return nil }
        for place in points.indices where points[place] == Int32(point) && times[place] == time {
            return values[place]
        }
        return nil
    }

    mutating func removeAll() {
        messages.removeAll(keepingCapacity: true)
        points.removeAll(keepingCapacity: true)
        times.removeAll(keepingCapacity: true)
        values.removeAll(keepingCapacity: true)
        qualities.removeAll(keepingCapacity: true)
        lateness.removeAll(keepingCapacity: true)
        earliest = .max
        latest = .min
    }
}
