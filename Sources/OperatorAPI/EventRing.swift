import NIOCore

/// The newest events without a gap between them, in memory: what streams that keep up are served from.
package struct EventRing: Sendable {
    /// The most events.
    let bound: Int
    /// The most bytes of them.
    let byteBound: Int
    /// The newest event's sequence number; the ring goes on after it.
    package private(set) var newest: Int64
    /// Events, beginning at `first` and going round.
    private var slots: [EventFrame?] = []
    private var first = 0
    package private(set) var count = 0
    package private(set) var bytes = 0

    /// - Parameter sequence: of the event after which it begins.
    package init(bound: Int, byteBound: Int, after sequence: Int64) {
        self.bound = bound
        self.byteBound = byteBound
        newest = sequence
    }

    /// The oldest event that it holds; beyond the newest while it is empty.
    package var oldest: Int64 { newest - Int64(count) + 1 }

    package mutating func append(_ frame: EventFrame) {
        if frame.sequence != newest + 1 { removeAll() }
        while count > 0, count == bound || bytes + frame.bytes.readableBytes > byteBound { removeOldest() }
        let place = (first + count) % bound
        if place == slots.count { slots.append(frame) } else { slots[place] = frame }
        count += 1
        bytes += frame.bytes.readableBytes
        newest = frame.sequence
    }

    /// Events after a sequence, oldest first, as many as fit into a page; nil if it no longer holds the next one.
    package func page(after sequence: Int64, limit: Int, byteLimit: Int) -> [EventFrame]? {
        guard sequence < newest else { return [] }
        guard sequence + 1 >= oldest else { return nil }
        var page: [EventFrame] = []
        var size = 0
        for offset in Int(sequence + 1 - oldest)..<count {
            guard page.count < limit, let frame = slots[(first + offset) % bound] else { break }
            size += frame.bytes.readableBytes
            guard page.isEmpty || size <= byteLimit else { break }
            page.append(frame)
        }
        return page
    }

    private mutating func removeOldest() {
        bytes -= slots[first]?.bytes.readableBytes ?? 0
        slots[first] = nil
        first = (first + 1) % bound
        count -= 1
    }

    private mutating func removeAll() {
        while count > 0 { removeOldest() }
    }
}
