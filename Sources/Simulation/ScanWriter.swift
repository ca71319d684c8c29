/// Writes scans in the native telemetry payload, straight into bytes.
package struct ScanWriter: Sendable {
    private var bytes: [UInt8] = []
    private var valuesFollow = false

    package init() {}

    /// Bytes written since the last `take`.
    var count: Int { bytes.count }

    /// Goes on behind bytes that were taken.
    mutating func append(_ written: [UInt8]) {
        bytes.append(contentsOf: written)
    }

    package mutating func beginArray() {
        bytes.append(UInt8(ascii: "["))
    }

    package mutating func endArray() {
        bytes.append(UInt8(ascii: "]"))
    }

    package mutating func separateRecords() {
        bytes.append(UInt8(ascii: ","))
    }

    package mutating func beginRecord(sequence: Int64, time: Int64) {
        bytes.append(contentsOf: "{\"seq\":".utf8)
        append(sequence)
        bytes.append(contentsOf: ",\"ts\":".utf8)
        append(time)
        bytes.append(contentsOf: ",\"values\":{".utf8)
        valuesFollow = false
    }

    package mutating func endRecord() {
        bytes.append(contentsOf: "}}".utf8)
    }

    /// - Parameter key: the tag as a JSON key, with quotes and colon.
    package mutating func value(key: [UInt8], thousandths: Int64) {
        begin(key)
        if thousandths < 0 { bytes.append(UInt8(ascii: "-")) }
        let magnitude = thousandths.magnitude
        append(Int64(magnitude / 1_000))
        var fraction = magnitude % 1_000
        guard fraction != 0 else { return }
        bytes.append(UInt8(ascii: "."))
        var place: UInt64 = 100
        while fraction != 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(fraction / place))
            fraction %= place
            place /= 10
        }
    }

    /// - Parameter key: the tag as a JSON key, with quotes and colon.
    package mutating func value(key: [UInt8], isOn: Bool) {
        begin(key)
        bytes.append(contentsOf: (isOn ? "true" : "false").utf8)
    }

    /// Hands over what was written and starts anew.
    package mutating func take() -> [UInt8] {
        let taken = bytes
        bytes = []
        bytes.reserveCapacity(taken.count)
        return taken
    }

    private mutating func begin(_ key: [UInt8]) {
        if valuesFollow { bytes.append(UInt8(ascii: ",")) }
        valuesFollow = true
        bytes.append(contentsOf: key)
    }

    private mutating func append(_ number: Int64) {
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        var rest = number.magnitude
        let first = bytes.count
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest != 0
        bytes[first...].reverse()
    }
}
