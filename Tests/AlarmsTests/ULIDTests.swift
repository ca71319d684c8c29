import Telemetry
import Testing

@Suite("ULIDs")
struct ULIDTests {
    @Test("come back from their text, in either case")
    func roundTrip() {
        var random = RandomState(seed: 3)
        for _ in 0..<10_000 {
            let id = ULID(high: random.next(), low: random.next())
            let text = id.description
            guard text.count == 26, ULID(text) == id, ULID(text.lowercased()) == id else {
                Issue.record("\(text) does not come back")
                return
            }
        }
        #expect(ULID(high: 0, low: 0).description == "00000000000000000000000000")
        #expect(ULID(high: .max, low: .max).description == "7ZZZZZZZZZZZZZZZZZZZZZZZZZ")
    }

    @Test("sort as text by the millisecond they were made in")
    func order() {
        var random = RandomState(seed: 4)
        var last = ""
        for time in stride(from: Int64(1_600_000_000_000), to: 1_900_000_000_000, by: 99_999_999) {
            let text = ULID(time: time, random: &random).description
            #expect(text > last)
            last = text
        }
    }

    @Test("begin with their time")
    func time() {
        var random = RandomState(seed: 4)
        let id = ULID(time: 1_763_880_000_123, random: &random)
        #expect(id.high >> 16 == 1_763_880_000_123)
        // The specification's example prefix for 1469918176385.
        #expect(ULID(time: 1_469_918_176_385, random: &random).description.hasPrefix("01ARYZ6S41"))
    }

    @Test("are read of anything else as nothing")
    func malformed() {
        for text in [
            "", "01ARYZ6S41", "8ZZZZZZZZZZZZZZZZZZZZZZZZZ", "0000000000000000000000000U", "0000000000000000000000000é",
            "000000000000000000000000000", "0000000000000000000000000-",
        ] { #expect(ULID(text) == nil, "\(text)") }
    }
}
