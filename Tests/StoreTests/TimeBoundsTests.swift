import Store
import Telemetry
import Testing

@Suite("Time bounds of the journal's runs")
struct TimeBoundsTests {
    @Test("find just the stretches that looking at each finds, newest first", arguments: [1, 63, 64, 65, 4_097, 9_000])
    func likeLookingAtEach(count: Int) {
        var random = RandomState(seed: UInt64(count))
        var bounds = TimeBounds()
        var plain: [(number: Int64, earliest: Int64, latest: Int64)] = []
        for place in 0..<count where place == 0 || Int.random(in: 0..<10, using: &random) > 0 {
            // Mostly rising, as times are, with a stretch now and then that reaches far back.
            let start = Int64(place) * 100 - (Int.random(in: 0..<50, using: &random) == 0 ? 50_000 : 0)
            let end = Int64(place) * 100 + Int64.random(in: 0..<150, using: &random)
            bounds.widen(Int64(place) + 7, start, start)
            bounds.widen(Int64(place) + 7, end, end)
            plain.append((Int64(place) + 7, start, end))
        }
        for _ in 0..<500 {
            let time = Int64.random(in: -60_000...(Int64(count) * 100 + 500), using: &random)
            let wanted = plain.filter { $0.earliest <= time && time <= $0.latest }.map(\.number)
            #expect(bounds.candidates(time) == wanted.reversed())
        }
        #expect(plain.allSatisfy { bounds.knows($0.number) })
        #expect(!bounds.knows(6) && !bounds.knows(Int64(count) + 7))
    }

    @Test("are empty before anything is said")
    func empty() {
        #expect(TimeBounds().candidates(0).isEmpty)
        #expect(!TimeBounds().knows(0))
    }
}
