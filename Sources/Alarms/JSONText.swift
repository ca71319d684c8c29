package import Telemetry

/// Writes JSON in the order it is told, so that the same record is the same bytes every time: events are
/// hashed into the evidence chain.
package struct JSONText: Sendable {
    private var bytes: [UInt8] = []
    private var isFirst = true

    /// What most objects need, so that their room is had at once.
    package static let usualSize = 1_024

    /// - Parameter room: bytes had at once.
    package init(room: Int = JSONText.usualSize) {
        bytes.reserveCapacity(room)
        bytes.append(UInt8(ascii: "{"))
    }

    /// Bytes so far.
    package var count: Int { bytes.count }

    /// An object that is finished already, with nothing before it or behind.
    package init(object: String) {
        precondition(
            object.utf8.first == UInt8(ascii: "{") && object.utf8.last == UInt8(ascii: "}"), "\(object) is no object")
        bytes = Array(object.utf8.dropLast())
        isFirst = bytes.count <= 1
    }

    /// Begins with the members of another object.
    package init(beginningWith other: JSONText) {
        bytes.reserveCapacity(other.bytes.count + JSONText.usualSize)
        bytes += other.bytes
        isFirst = other.isFirst
    }

    /// The same without room for more, to be kept.
    package var kept: JSONText {
        var kept = self
        kept.bytes = []
        kept.bytes.reserveCapacity(bytes.count)
        kept.bytes += bytes
        return kept
    }

    /// The finished object.
    package var object: String {
        unsafe String(unsafeUninitializedCapacity: bytes.count + 1) { room in
            let end = unsafe room.update(fromContentsOf: bytes)
            unsafe room[end] = UInt8(ascii: "}")
            return end + 1
        }
    }

    package mutating func member(_ name: StaticString, _ value: String?) {
        key(name)
        if let value { JSONText.quote(value, into: &bytes) } else { add("null") }
    }

    package mutating func member(_ name: StaticString, _ value: ULID) {
        key(name)
        bytes.append(UInt8(ascii: "\""))
        value.write(to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    package mutating func member(_ name: StaticString, _ value: Int64?) {
        key(name)
        if let value { JSONText.write(value, to: &bytes) } else { add("null") }
    }

    package mutating func member(_ name: StaticString, _ value: Bool) {
        key(name)
        add(value ? "true" : "false")
    }

    /// A number; not finite becomes null, which JSON has no other word for.
    package mutating func member(_ name: StaticString, _ value: Double?) {
        key(name)
        add(JSONText.number(value))
    }

    package mutating func member(_ name: StaticString, _ value: BilingualText) {
        key(name)
        guard !value.isEmpty else { return add("null") }
        var inner = JSONText()
        inner.member("zh", value.zh)
        inner.member("en", value.en)
        add(inner.object)
    }

    /// A member whose value is another object.
    package mutating func member(_ name: StaticString, _ value: JSONText) {
        key(name)
        value.write(to: &bytes)
    }

    /// A member whose value somebody else appends, as JSON.
    package mutating func member(_ name: StaticString, by write: (inout [UInt8]) -> Void) {
        key(name)
        write(&bytes)
    }

    /// Appends the finished object.
    package func write(to text: inout [UInt8]) {
        text += bytes
        text.append(UInt8(ascii: "}"))
    }

    /// A member whose name is not written in the program, as the next two.
    package mutating func member(named name: String, _ value: Int64?) {
        key(named: name)
        if let value { JSONText.write(value, to: &bytes) } else { add("null") }
    }

    package mutating func member(named name: String, _ value: String?) {
        key(named: name)
        if let value { JSONText.quote(value, into: &bytes) } else { add("null") }
    }

    package mutating func member(named name: String, json: String) {
        key(named: name)
        add(json)
    }

    private mutating func key(named name: String) {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
        JSONText.quote(name, into: &bytes)
        bytes.append(UInt8(ascii: ":"))
    }

    /// A member whose value is JSON already.
    package mutating func member(_ name: StaticString, json: String) {
        key(name)
        add(json)
    }

    /// The members of another object, in their order.
    package mutating func members(of other: JSONText) {
        guard !other.isFirst else { return }
        bytes.reserveCapacity(bytes.count + other.bytes.count + 1)
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
        bytes += other.bytes[1...]
    }

    /// The shortest decimal that reads back as the same double.
    package static func number(_ value: Double?) -> String {
        guard let value, value.isFinite else { return "null" }
        if value == value.rounded(), abs(value) < 1e15 {
            return value == 0 && value.sign == .minus ? "-0.0" : String(Int64(value))
        }
        return "\(value)"
    }

    /// A text in quotes, as an element of a list is written.
    package static func string(_ value: String) -> String {
        var bytes: [UInt8] = []
        quote(value, into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Names written in the program have nothing to be escaped.
    private mutating func key(_ name: StaticString) {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
        bytes.append(UInt8(ascii: "\""))
        unsafe bytes.append(
            contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }

    private mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { unsafe bytes.append(contentsOf: $0) }
    }

    /// Appends a number.
    package static func write(_ value: Int64, to bytes: inout [UInt8]) {
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        let start = bytes.count
        var rest = value.magnitude
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        bytes[start...].reverse()
    }

    private static func quote(_ value: String, into bytes: inout [UInt8]) {
        var value = value
        bytes.append(UInt8(ascii: "\""))
        value.withUTF8 { text in
            // Nearly every text has nothing to be escaped.
            guard unsafe hasEscaped(text) else { return unsafe bytes.append(contentsOf: text) }
            unsafe text.forEach { escape($0, into: &bytes) }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Looks at eight bytes at a time.
    private static func hasEscaped(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let raw = UnsafeRawBufferPointer(text)
        var place = 0
        while place + 8 <= text.count {
            if unsafe hasEscaped(raw.loadUnaligned(fromByteOffset: place, as: UInt64.self)) { return true }
            place += 8
        }
        while place < text.count {
            if unsafe isEscaped(text[place]) { return true }
            place += 1
        }
        return false
    }

    /// Whether any of eight bytes is escaped; a byte above 0x7F is not.
    @inline(__always)
    private static func hasEscaped(_ word: UInt64) -> Bool {
        let (ones, tops): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
        @inline(__always)
        func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word }
        let isControl = (word &- ones &* 0x20) & ~word
        let isNamed = zeros(word ^ ones &* 0x22) | zeros(word ^ ones &* 0x5C) | zeros(word ^ ones &* 0x7F)
        return (isControl | isNamed) & tops != 0
    }

    @inline(__always)
    private static func isEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F
    }

    private static func escape(_ byte: UInt8, into bytes: inout [UInt8]) {
        guard isEscaped(byte) else { return bytes.append(byte) }
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
        case UInt8(ascii: "\n"): bytes.append(UInt8(ascii: "n"))
        case UInt8(ascii: "\r"): bytes.append(UInt8(ascii: "r"))
        case UInt8(ascii: "\t"): bytes.append(UInt8(ascii: "t"))
        default: bytes += [0x75, 0x30, 0x30, hexadecimal(byte >> 4), hexadecimal(byte & 15)]
        }
    }

    private static func hexadecimal(_ digit: UInt8) -> UInt8 {
        digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit
    }
}
