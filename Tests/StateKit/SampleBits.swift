package import Store
import Telemetry

/// A stored sample bit for bit: values that are no numbers are equal to themselves here.
package struct SampleBits: Sendable, Hashable, CustomStringConvertible {
    package let time: Int64
    package let bits: UInt64
    package let quality: UInt8

    package init(_ sample: StoredSample) {
        time = sample.time
        bits = sample.value.bitPattern
        quality = sample.quality.rawValue
    }

    package var description: String { "\(time):\(Double(bitPattern: bits)):\(quality)" }
}
