import Escalation
import Registry
import Telemetry
import Testing

@Suite("A climb")
struct ClimbTests {
    private static let minute: Int64 = 60_000
    private static let raised: Int64 = 1_763_880_000_000

    private func climb(_ priority: Priority = .critical, _ policy: EscalationPolicy = .standard) -> Climb {
        var random = RandomState(seed: 1)
        return Climb(
            episode: ULID(time: ClimbTests.raised, random: &random), subject: "shengli/LT-101/HH",
            priority: priority, policy: policy, raisedAt: ClimbTests.raised, random: &random)
    }

    private func announced(_ climb: inout Climb, after minutes: Int64) -> [String] {
        climb.advance(to: ClimbTests.raised + minutes * ClimbTests.minute).announced.map(\.tier)
    }

    @Test(
        "reaches each tier at the policy's time",
        arguments: [
            (Priority.critical, [0, 5, 15, 30]), (.high, [0, 15, 60, 240]), (.medium, [0, 240]), (.low, [0]),
        ] as [(Priority, [Int64])])
    func times(priority: Priority, minutes: [Int64]) {
        let tasks = climb(priority).tasks
        #expect(tasks.map(\.tier) == Array(["enterprise", "township", "county", "city"].prefix(minutes.count)))
        #expect(tasks.map(\.dueAt) == minutes.map { ClimbTests.raised + $0 * ClimbTests.minute })
        #expect(tasks.map(\.wait) == minutes.map { $0 * ClimbTests.minute })
        #expect(tasks.allSatisfy { $0.state == .scheduled && $0.announcements == 0 })
        #expect(Set(tasks.map(\.id)).count == tasks.count)
    }

    @Test("announces a tier not a millisecond before its time, and once")
    func exactTimes() {
        var climb = climb()
        #expect(announced(&climb, after: 0) == ["enterprise"])
        #expect(climb.nextDue == ClimbTests.raised + 5 * ClimbTests.minute)
        #expect(climb.advance(to: ClimbTests.raised + 5 * ClimbTests.minute - 1).announced.isEmpty)
        #expect(announced(&climb, after: 5) == ["township"])
        #expect(announced(&climb, after: 5).isEmpty)
    }

    @Test("repeats only the highest tier reached")
    func repeats() {
        var climb = climb()
        var history: [String] = []
        for minute in Int64(0)...60 {
            history += announced(&climb, after: minute).map { "\(minute) \($0)" }
        }
        #expect(
            history == [
                "0 enterprise", "5 township", "15 county", "25 county", "30 city", "40 city", "50 city", "60 city",
            ])
        #expect(climb.tasks.map(\.announcements).last == 4)
    }

    @Test("without a repeat announces each tier once and then rests")
    func noRepeat() {
        var policy = EscalationPolicy.standard
        policy.repeatEvery = nil
        var climb = climb(.critical, policy)
        var history: [String] = []
        for minute in Int64(0)...120 { history += announced(&climb, after: minute) }
        #expect(history == ["enterprise", "township", "county", "city"])
        #expect(climb.nextDue == nil)
    }

    @Test("announces all overdue tiers once, lowest first")
    func overdue() {
        var climb = climb()
        #expect(announced(&climb, after: 20) == ["enterprise", "township", "county"])
        #expect(announced(&climb, after: 20).isEmpty)
        #expect(climb.nextDue == ClimbTests.raised + 30 * ClimbTests.minute)
        #expect(announced(&climb, after: 29).isEmpty)
        #expect(announced(&climb, after: 30) == ["city"])
    }

    @Test("has no tiers for a priority the policy does not name, nor beyond its tiers")
    func shortPolicies() {
        let policy = EscalationPolicy(
            name: "p", tiers: ["enterprise"], climb: [.critical: [0, ClimbTests.minute]], repeatEvery: nil)
        #expect(climb(.low, policy).tasks.isEmpty)
        #expect(climb(.critical, policy).tasks.map(\.tier) == ["enterprise"])
    }

    @Test("that is cancelled has nothing left to announce")
    func cancel() {
        var climb = climb()
        _ = announced(&climb, after: 5)
        let cancelled = climb.cancel()
        #expect(cancelled.count == 4)
        #expect(cancelled.allSatisfy { $0.state == .cancelled && $0.dueAt == nil && $0.isClosed })
        #expect(climb.tasks.isEmpty)
        #expect(climb.nextDue == nil)
        #expect(announced(&climb, after: 60).isEmpty)
    }

    @Test("taken up from its stored tasks goes on as if nothing had happened")
    func resume() {
        var policy = EscalationPolicy.standard
        policy.repeatEvery = 7 * ClimbTests.minute
        for stop in Int64(0)...45 {
            var whole = climb(.critical, policy)
            var broken = whole
            for minute in Int64(0)...60 {
                let expected = announced(&whole, after: minute)
                #expect(announced(&broken, after: minute) == expected, "stopped at \(stop), minute \(minute)")
                if minute == stop { broken = Climb(resuming: broken.tasks.reversed(), policy: policy) }
            }
        }
    }

    @Test("never waits longer than it was to, however far the wall clock was set back")
    func clockSetBack() {
        var random = RandomState(seed: 9)
        for _ in 0..<1_000 {
            var climb = climb()
            var now = ClimbTests.raised + Int64.random(in: 0...40, using: &random) * ClimbTests.minute
            _ = climb.advance(to: now)
            now -= Int64.random(in: 0...100_000_000, using: &random)
            _ = climb.limitWaits(now: now)
            for task in climb.tasks {
                guard let dueAt = task.dueAt else { continue }
                #expect(dueAt - now <= task.wait)
            }
        }
    }

    @Test("leaves deadlines alone while the wall clock is right")
    func clockRight() {
        var climb = climb()
        _ = announced(&climb, after: 5)
        let before = climb.tasks
        #expect(climb.limitWaits(now: ClimbTests.raised + 6 * ClimbTests.minute).isEmpty)
        #expect(climb.tasks == before)
    }
}
