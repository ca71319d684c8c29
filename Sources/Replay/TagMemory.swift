import Decoding
import Telemetry

/// The tags of the points replayed, one after the other in memory that does not move, so that a value can point at its
/// own as a decoded one does.
@safe
final class TagMemory {
    private let bytes: UnsafeMutablePointer<UInt8>
    private let starts: [Int]

    init(_ tags: [String]) {
        var starts = [0]
        for tag in tags { starts.append(starts[starts.count - 1] + tag.utf8.count) }
        unsafe bytes = .allocate(capacity: max(1, starts[starts.count - 1]))
        for (tag, start) in zip(tags, starts) {
            for (offset, byte) in tag.utf8.enumerated() { unsafe bytes[start + offset] = byte }
        }
        self.starts = starts
    }

    deinit { unsafe bytes.deallocate() }

    /// The value as the decoder would have read it; good as long as this memory is.
    func value(_ arrival: Arrival) -> DecodedValue {
        let point = Int(arrival.point)
        let length = starts[point + 1] - starts[point]
        let start = unsafe UnsafePointer(bytes + starts[point])
        let isMissing = arrival.value.isNaN
        return unsafe DecodedValue(
            tag: start, tagLength: Int32(length), kind: isMissing ? .missing : .value,
            quality: isMissing ? 0 : arrival.quality, time: arrival.time, value: arrival.value)
    }
}
