import Historian
import Testing

@Suite("Retention")
struct RetentionTests {
    private static let length: Int64 = 86_400_000

    /// Days 0 to 99 of a calendar that begins at 0, a thousand bytes each.
    private static let days = (Int64(0)..<100).map { number in
        let text = String(number)
        return Retention.Day(
            day: LocalDay(
                description: "day-" + String(repeating: "0", count: 3 - text.count) + text,
                times: number * length..<(number + 1) * length),
            files: ["\(number).sqlite"], bytes: 1_000)
    }

    private static let now: Int64 = 100 * length

    private func numbers(_ days: [Retention.Day]) -> [Int64] {
        days.map { $0.day.times.lowerBound / RetentionTests.length }
    }

    @Test("lets whole days go once they are past their time, to the millisecond")
    func expired() {
        let retention = Retention(rawDays: 60, held: [])
        #expect(numbers(retention.expired(RetentionTests.days, at: RetentionTests.now)) == Array(0...39))
        #expect(numbers(retention.expired(RetentionTests.days, at: RetentionTests.now - 1)) == Array(0...38))
    }

    @Test("keeps 30 days, whatever is asked for")
    func floor() {
        let retention = Retention(rawDays: 1, held: [])
        #expect(numbers(retention.expired(RetentionTests.days, at: RetentionTests.now)) == Array(0...69))
        #expect(numbers(retention.early(RetentionTests.days, toFree: .max, at: RetentionTests.now)) == Array(0...69))
    }

    @Test("keeps days an incident's window touches, for good and for lack of space alike")
    func held() {
        let window = 10 * RetentionTests.length - 1...12 * RetentionTests.length
        let retention = Retention(rawDays: 90, held: [window])
        #expect(numbers(retention.expired(RetentionTests.days, at: RetentionTests.now)) == Array(0...8))
        let early = retention.early(RetentionTests.days, toFree: 11_000, at: RetentionTests.now)
        #expect(numbers(early) == Array(0...8) + [13, 14])
    }

    @Test("lets the oldest go early, and no more than the space asks for")
    func early() {
        let retention = Retention(rawDays: 400, held: [])
        #expect(retention.expired(RetentionTests.days, at: RetentionTests.now).isEmpty)
        #expect(
            numbers(retention.early(RetentionTests.days.reversed(), toFree: 2_001, at: RetentionTests.now)) == [
                0, 1, 2,
            ])
        #expect(retention.early(RetentionTests.days, toFree: 0, at: RetentionTests.now).isEmpty)
    }

    @Test("knows four stages of a filling disk")
    func space() {
        #expect(Retention.Space(free: 2_000, floor: 1_000) == .enough)
        #expect(Retention.Space(free: 1_999, floor: 1_000) == .filling)
        #expect(Retention.Space(free: 999, floor: 1_000) == .short)
        #expect(Retention.Space(free: 499, floor: 1_000) == .last)
        #expect(Retention.Space(free: 0, floor: 0) == .enough)
    }
}
