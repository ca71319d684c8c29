/// Walks through the members of JSON objects byte by byte, telling where each key and value stands. It stays within the
/// bytes whatever they are, and holds nothing of them.
struct JSONWalker {
    /// The next byte to look at.
    private(set) var place = 0
    private(set) var isClosed = false
    private var isFirst = true

    /// Goes into the object that begins here.
    mutating func enter(_ bytes: Span<UInt8>) -> Bool {
        skipSpace(bytes)
        guard take(UInt8(ascii: "{"), bytes) else { return false }
        isFirst = true
        isClosed = false
        return true
    }

    /// The next member's key, without its quotes; its value begins at `place`. Nil at the object's end, or if it is
    /// none.
    mutating func key(_ bytes: Span<UInt8>) -> Range<Int>? {
        skipSpace(bytes)
        if take(UInt8(ascii: "}"), bytes) {
            isClosed = true
            return nil
        }
        if !isFirst {
            guard take(UInt8(ascii: ","), bytes) else { return nil }
            skipSpace(bytes)
        }
        isFirst = false
        let start = place + 1
        guard skipString(bytes) else { return nil }
        let key = start..<(place - 1)
        skipSpace(bytes)
        guard take(UInt8(ascii: ":"), bytes) else { return nil }
        skipSpace(bytes)
        return key
    }

    /// Passes over a value of any kind.
    mutating func skipValue(_ bytes: Span<UInt8>) -> Bool {
        guard place < bytes.count else { return false }
        switch bytes[place] {
        case UInt8(ascii: "\""): return skipString(bytes)
        case UInt8(ascii: "{"), UInt8(ascii: "["): return skipNested(bytes)
        default:
            let start = place
            var next = place
            while next < bytes.count, !JSONWalker.endsScalar(bytes[next]) { next &+= 1 }
            place = next
            return next > start
        }
    }

    private mutating func skipNested(_ bytes: Span<UInt8>) -> Bool {
        var depth = 0
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "\""):
                guard skipString(bytes) else { return false }
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
            place += 1
            if depth == 0 { return true }
        }
        return false
    }

    private mutating func skipString(_ bytes: Span<UInt8>) -> Bool {
        guard take(UInt8(ascii: "\""), bytes) else { return false }
        // Most of a body is text: the loop keeps its place where the processor is fastest.
        var next = place
        let count = bytes.count
        while next < count {
            let byte = bytes[next]
            next &+= 1
            if byte == UInt8(ascii: "\"") {
                place = next
                return true
            }
            if byte == UInt8(ascii: "\\") { next &+= 1 }
        }
        place = count
        return false
    }

    private mutating func skipSpace(_ bytes: Span<UInt8>) {
        while place < bytes.count, JSONWalker.isSpace(bytes[place]) { place += 1 }
    }

    private mutating func take(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
        guard place < bytes.count, bytes[place] == byte else { return false }
        place += 1
        return true
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    private static func endsScalar(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") || isSpace(byte)
    }
}
