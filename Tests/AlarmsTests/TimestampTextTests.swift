import Foundation
import Telemetry
import Testing

@Suite("Times as text")
struct TimestampTextTests {
    @Test("are what Foundation writes, from 1900 to 9999")
    func foundation() {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        let span = TimestampText.days(year: 1900, month: 1, day: 1)...TimestampText.days(year: 9999, month: 12, day: 31)
        var random = RandomState(seed: 8)
        for _ in 0..<20_000 {
            let day = span.lowerBound + Int64(random.next() % UInt64(span.count))
            // An eighth of a second is exact as a double.
            let time = day * 86_400_000 + Int64(random.next() % 691_200) * 125
            let date = Date(timeIntervalSince1970: Double(time) / 1_000)
            guard TimestampText.utc(time) == date.formatted(style) else {
                Issue.record("\(time) was written as \(TimestampText.utc(time)), not \(date.formatted(style))")
                return
            }
        }
        #expect(TimestampText.utc(0) == "1970-01-01T00:00:00.000Z")
        #expect(TimestampText.utc(-1) == "1969-12-31T23:59:59.999Z")
    }
}
