import Alarms
import NIOCore
import OperatorAPI
import Testing

@Suite("The ring of the newest events")
struct EventRingTests {
    private static func frame(_ sequence: Int64, bytes: Int = 100) -> EventFrame {
        EventFrame(
            Event(
                sequence: sequence, type: "t", site: "s", subject: "s/o/HH", time: 0, route: nil,
                body: String(repeating: "x", count: bytes)))
    }

    private static func ring(after start: Int64 = 10, holding count: Int64) -> EventRing {
        var ring = EventRing(bound: 8, byteBound: 100_000, after: start)
        for sequence in 0..<count { ring.append(frame(start + 1 + sequence)) }
        return ring
    }

    private static func page(_ ring: EventRing, after sequence: Int64, limit: Int = 100) -> [Int64]? {
        ring.page(after: sequence, limit: limit, byteLimit: 1 << 20)?.map(\.sequence)
    }

    @Test("gives what comes after a sequence, in order, and nothing to who has everything")
    func pages() {
        let ring = EventRingTests.ring(holding: 5)
        #expect(ring.oldest == 11 && ring.newest == 15)
        #expect(EventRingTests.page(ring, after: 10) == [11, 12, 13, 14, 15])
        #expect(EventRingTests.page(ring, after: 13) == [14, 15])
        #expect(EventRingTests.page(ring, after: 10, limit: 2) == [11, 12])
        #expect(EventRingTests.page(ring, after: 15) == [])
        #expect(EventRingTests.page(ring, after: 99) == [])
        #expect(EventRingTests.page(ring, after: 9) == nil, "event 10 is for the store to give")
    }

    @Test("goes round, so that it never holds more than its bound, and sends who is behind to the store")
    func round() {
        for count in Int64(8)...40 {
            let ring = EventRingTests.ring(holding: count)
            #expect(ring.count == 8 && ring.newest == 10 + count && ring.oldest == 3 + count)
            #expect(EventRingTests.page(ring, after: ring.oldest - 1) == Array(ring.oldest...ring.newest))
            #expect(EventRingTests.page(ring, after: ring.oldest - 2) == nil)
        }
    }

    @Test("holds no more bytes than its bound, however long single events are")
    func bytes() {
        var ring = EventRing(bound: 8, byteBound: 5_000, after: 0)
        for sequence in 1...50 {
            ring.append(EventRingTests.frame(Int64(sequence), bytes: sequence % 7 == 0 ? 3_000 : 400))
            #expect(ring.bytes <= 5_000)
            #expect(EventRingTests.page(ring, after: ring.oldest - 1)?.count == ring.count)
        }
        ring.append(EventRingTests.frame(51, bytes: 9_000))
        #expect(ring.count == 1 && ring.newest == 51, "one that is longer than all is still sent")
    }

    @Test("begins anew behind a gap instead of hiding it")
    func gap() {
        var ring = EventRingTests.ring(holding: 3)
        ring.append(EventRingTests.frame(20))
        #expect(ring.oldest == 20 && ring.newest == 20)
        #expect(EventRingTests.page(ring, after: 13) == nil)
    }

    @Test("gives pages of a few bytes, and at least one event")
    func shortPages() {
        let ring = EventRingTests.ring(holding: 5)
        let frame = EventRingTests.frame(11).bytes.readableBytes
        #expect(ring.page(after: 10, limit: 9, byteLimit: frame * 2)?.count == 2)
        #expect(ring.page(after: 10, limit: 9, byteLimit: 1)?.count == 1)
    }

    @Test("frames an event as a stream sends it")
    func frame() {
        let event = Event(
            sequence: 42, type: "hazard.alarm.raised.v1", site: "s", subject: "s/o/HH", time: 0, route: nil, body: "{}")
        #expect(
            String(buffer: EventFrame(event).bytes) == "id: 42\nevent: hazard.alarm.raised.v1\ndata: {}\n\n")
    }
}
