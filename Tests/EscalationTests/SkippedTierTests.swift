import Escalation
import Registry
import Telemetry
import Testing

@Suite("A tier that has nobody to be told")
struct SkippedTierTests {
    private static let minute: Int64 = 60_000

    private func climb() -> Climb {
        var random = RandomState(seed: 1)
        return Climb(
            episode: ULID(time: 0, random: &random), subject: "shengli/LT-101/HH", priority: .critical,
            policy: .standard, raisedAt: 0, random: &random)
    }

    @Test("is passed over at its time, and the next one is told at once")
    func skipped() {
        var climb = climb()
        _ = climb.advance(to: 0)
        let step = climb.advance(to: 5 * SkippedTierTests.minute) { $0 == "township" ? "nobody is on duty" : nil }
        #expect(step.skipped.map(\.tier) == ["township"])
        #expect(step.announced.map(\.tier) == ["county"])
        #expect(climb.tasks[1].state == .skipped && climb.tasks[1].note == "nobody is on duty")
        #expect(climb.nextDue == 15 * SkippedTierTests.minute)
    }

    @Test("is told all the same where it is the last: no climb ends unheard")
    func last() {
        var climb = climb()
        let step = climb.advance(to: 0) { _ in "nobody is on duty" }
        #expect(step.skipped.map(\.tier) == ["enterprise", "township", "county"])
        #expect(step.announced.map(\.tier) == ["city"])
    }

    @Test("is not waited for by those above it, and stays skipped when the climb ends")
    func closed() {
        var climb = climb()
        _ = climb.advance(to: 0) { $0 == "enterprise" ? "nobody is on duty" : nil }
        #expect(!climb.isBlocked(at: 1) { _ in true })
        let closed = climb.cancel()
        #expect(closed.map(\.state) == [.skipped, .cancelled, .cancelled, .cancelled])
        #expect(closed.allSatisfy { $0.isClosed })
    }
}
