/// Numbers for names in the order they first come, found by their bytes without making a `String`.
package struct NameTable: Sendable {
    /// The longest name, in bytes, and the most names.
    package static let longest = 256
    package static let most = 4_000_000

    private var text: [UInt8] = []
    private var ends: [Int] = []
    private var slots = [Int32](repeating: -1, count: 1_024)

    package init() {}

    package var count: Int { ends.count }

    package subscript(number: Int) -> String { String(decoding: text[range(number)], as: UTF8.self) }

    private func range(_ number: Int) -> Range<Int> { (number == 0 ? 0 : ends[number - 1])..<ends[number] }

    /// The number of the name that stands at these bytes; a name not known gets the next one. Nil if it is empty, too
    /// long, or one too many.
    mutating func number(of bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int32? {
        guard start < end, end - start <= NameTable.longest else { return nil }
        var slot = NameTable.hash(bytes, start, end) & (slots.count - 1)
        while slots[slot] >= 0 {
            if holds(Int(slots[slot]), bytes, start, end) { return slots[slot] }
            slot = (slot + 1) & (slots.count - 1)
        }
        guard ends.count < NameTable.most else { return nil }
        for place in start..<end { text.append(bytes[place]) }
        ends.append(text.count)
        slots[slot] = Int32(ends.count - 1)
        if ends.count * 2 > slots.count { grow() }
        return Int32(ends.count - 1)
    }

    private func holds(_ number: Int, _ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        let range = range(number)
        guard range.count == end - start else { return false }
        var place = start
        for known in range {
            guard text[known] == bytes[place] else { return false }
            place += 1
        }
        return true
    }

    private mutating func grow() {
        let mask = slots.count * 2 - 1
        var larger = [Int32](repeating: -1, count: mask + 1)
        for number in ends.indices {
            let range = range(number)
            var slot = NameTable.hash(text.span, range.lowerBound, range.upperBound) & mask
            while larger[slot] >= 0 { slot = (slot + 1) & mask }
            larger[slot] = Int32(number)
        }
        slots = larger
    }

    @inline(__always)
    private static func hash(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for place in start..<end { hash = (hash ^ UInt64(bytes[place])) &* 0x0000_0100_0000_01B3 }
        return Int(truncatingIfNeeded: hash ^ hash >> 29)
    }
}
