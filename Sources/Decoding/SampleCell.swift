/// Goes from cell to cell of a line of CSV (RFC 4180).
struct SampleCell {
    /// Where the text stands, without spaces and quotes around it.
    private(set) var start = 0
    private(set) var end = 0
    /// Where the next cell begins.
    private(set) var next: Int
    /// Whether a comma follows, and so another cell.
    private(set) var isFollowed = false
    /// Whether doubled quotes in it still stand for single ones.
    private(set) var isEscaped = false
    private(set) var isBroken = false

    init(_ start: Int) {
        next = start
    }

    /// Moves to the next cell of a line that ends at `lineEnd`.
    /// - Returns: false if its quotes do not hold together.
    @inline(__always)
    mutating func read(_ bytes: Span<UInt8>, _ lineEnd: Int) -> Bool {
        isEscaped = false
        var place = next
        while place < lineEnd, bytes[place] == 0x20 || bytes[place] == 0x09 { place += 1 }
        if place < lineEnd, bytes[place] == 0x22 { return readQuoted(bytes, place + 1, lineEnd) }
        start = place
        while place < lineEnd, bytes[place] != 0x2C { place += 1 }
        end = place
        while end > start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
        finish(place, lineEnd)
        return true
    }

    private mutating func readQuoted(_ bytes: Span<UInt8>, _ first: Int, _ lineEnd: Int) -> Bool {
        var place = first
        start = first
        while place < lineEnd {
            if bytes[place] == 0x22 {
                guard place + 1 < lineEnd, bytes[place + 1] == 0x22 else { break }
                isEscaped = true
                place += 1
            }
            place += 1
        }
        end = place
        place += 1
        while place < lineEnd, bytes[place] == 0x20 || bytes[place] == 0x09 { place += 1 }
        isBroken = end >= lineEnd || place < lineEnd && bytes[place] != 0x2C
        finish(min(place, lineEnd), lineEnd)
        return !isBroken
    }

    private mutating func finish(_ place: Int, _ lineEnd: Int) {
        isFollowed = place < lineEnd
        next = place + 1
    }

    /// The text with its quotes resolved.
    func copy(_ bytes: Span<UInt8>) -> [UInt8] {
        var copy: [UInt8] = []
        var skips = false
        for place in start..<end {
            skips = isEscaped && bytes[place] == 0x22 && !skips
            if !skips { copy.append(bytes[place]) }
        }
        return copy
    }
}
