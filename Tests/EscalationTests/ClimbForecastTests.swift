import Escalation
import Registry
import Telemetry
import Testing

@Suite("A forecast of a climb")
struct ClimbForecastTests {
    private static let minute: Int64 = 60_000
    /// Monday, 23 November 2026, 12:00 UTC.
    private static let raised: Int64 = 1_795_435_200_000

    private static let site = Site(name: "shengli", area: ["dongying", "kenli"])

    /// Somebody is on duty from 08:00 to 20:00 UTC.
    private static let duty = DutyPlan(rosters: [
        "day": DutyCalendar(
            name: "day", zone: ZoneOffsets(identifier: "UTC", first: 0, changes: []), people: ["li": Person(name: "李")],
            shifts: [shift("08:00", "20:00")].compactMap(\.self))
    ])

    private static func shift(_ from: String, _ to: String) -> DutyShift? {
        guard let from = TimeOfDay(from), let to = TimeOfDay(to) else { return nil }
        return DutyShift(name: "day", from: from, to: to, people: ["li"])
    }

    private func forecast(
        _ policy: EscalationPolicy, _ priority: Priority = .critical, grade: Int? = nil, site: Site? = site,
        from start: Int64 = raised, periods: [SpecialPeriod] = [], minutes: Int64 = 60
    ) -> ClimbForecast {
        ClimbForecast(
            policy: policy, priority: priority, grade: grade, site: site, raisedAt: start, periods: periods,
            duty: ClimbForecastTests.duty, until: start + minutes * ClimbForecastTests.minute)
    }

    /// `5 township 1`: minutes after the raise, tier, announcement; `5 township -` where it is passed over.
    private func lines(_ forecast: ClimbForecast, from start: Int64 = raised) -> [String] {
        forecast.entries.map { entry in
            let seconds = (entry.time - start) / 1_000
            let time = seconds % 60 == 0 ? "\(seconds / 60)" : "\(seconds / 60):\(seconds % 60)"
            return "\(time) \(entry.tier) \(entry.isPassedOver ? "-" : "\(entry.announcement)")"
        }
    }

    private static func random(_ random: inout RandomState) -> EscalationPolicy {
        var policy = EscalationPolicy(
            name: "p", tiers: (0..<Int.random(in: 1...5, using: &random)).map { "tier\($0)" }, climb: [:])
        for priority in Priority.allCases {
            let count = Int.random(in: 0...policy.tiers.count, using: &random)
            policy.climb[priority] = (0..<count).map { _ in Int64.random(in: 0...20, using: &random) * minute }.sorted()
        }
        policy.repeatEvery = Bool.random(using: &random) ? Int64.random(in: 1...9, using: &random) * minute : nil
        return policy
    }

    @Test("is what the climb does, advanced by hand, where policies name nobody")
    func likeTheClimb() {
        var random = RandomState(seed: 7)
        for _ in 0..<300 {
            let policy = ClimbForecastTests.random(&random)
            for priority in Priority.allCases {
                var climb = Climb(
                    episode: ULID(time: ClimbForecastTests.raised, random: &random), subject: "shengli/LT-101/HH",
                    priority: priority, policy: policy, raisedAt: ClimbForecastTests.raised, random: &random)
                var history: [String] = []
                for minute in Int64(0)...60 {
                    let now = ClimbForecastTests.raised + minute * ClimbForecastTests.minute
                    history += climb.advance(to: now).announced.map { "\(minute) \($0.tier) \($0.announcements)" }
                }
                let forecast = forecast(policy, priority)
                #expect(lines(forecast) == history)
                #expect(forecast.entries.allSatisfy { $0.audience == .unnamed } && !forecast.isCut)
            }
        }
    }

    @Test("goes by the times of the hazard source's grade")
    func grades() {
        var policy = EscalationPolicy.standard
        policy.grades = [1: [.critical: [0, ClimbForecastTests.minute]]]
        policy.repeatEvery = nil
        #expect(lines(forecast(policy, grade: 1)) == ["0 enterprise 1", "1 township 1"])
        #expect(lines(forecast(policy, grade: 2)) == ["0 enterprise 1", "5 township 1", "15 county 1", "30 city 1"])
        #expect(lines(forecast(policy, .low, grade: 1)) == ["0 enterprise 1"])
    }

    @Test("tells who is named and on duty at each moment")
    func audiences() {
        var policy = EscalationPolicy.standard
        policy.notify = ["township": [.roster("day")]]
        let entries = forecast(policy).entries
        #expect(entries.map(\.tier).prefix(3) == ["enterprise", "township", "county"])
        #expect(entries[1].audience == .people([Recipient(name: "李", duty: .roster("day", shift: "day"))]))
        #expect(entries[0].audience == .unnamed && entries[2].audience == .unnamed)
    }

    @Test("passes over a tier that has nobody, and the next one's time has come")
    func passedOver() {
        var policy = EscalationPolicy.standard
        policy.notify = ["township": [.roster("day")]]
        let night = ClimbForecastTests.raised + 9 * 60 * ClimbForecastTests.minute
        let forecast = forecast(policy, from: night, minutes: 31)
        #expect(
            lines(forecast, from: night) == [
                "0 enterprise 1", "5 township -", "5 county 1", "15 county 2", "25 county 3", "30 city 1",
            ])
        #expect(forecast.entries[1].audience == .nobody(reason: "nobody is on duty by roster day"))
    }

    @Test("tells the last tier all the same, so that no climb ends unheard")
    func nobodyAnywhere() {
        var policy = EscalationPolicy.standard
        policy.notify = Dictionary(uniqueKeysWithValues: policy.tiers.map { ($0, [.responsible(.principal)]) })
        let forecast = forecast(policy, minutes: 10)
        #expect(
            lines(forecast) == ["0 enterprise -", "0 township -", "0 county -", "0 city 1", "10 city 2"])
        #expect(forecast.entries.allSatisfy { $0.audience == .nobody(reason: "shengli has no principal person") })
    }

    @Test("takes on the pace of a special period when it begins, and the usual one for what is repeated after it")
    func specialPeriod() {
        let minute = ClimbForecastTests.minute
        let begins = ClimbForecastTests.raised + 6 * minute
        let ends = ClimbForecastTests.raised + 40 * minute
        let period = SpecialPeriod(name: "congress", times: begins..<ends, sites: ["shengli"], climbFactor: 0.5)
        let expected = [
            "0 enterprise 1", "5 township 1", "7:30 county 1", "12:30 county 2", "15 city 1", "20 city 2", "25 city 3",
            "30 city 4", "35 city 5", "40 city 6", "50 city 7", "60 city 8",
        ]
        #expect(lines(forecast(.standard, periods: [period])) == expected)
        var elsewhere = period
        elsewhere.sites = ["east"]
        let usual = lines(forecast(.standard))
        #expect(lines(forecast(.standard, periods: [elsewhere])) == usual)
        #expect(lines(forecast(.standard, site: nil, periods: [period])) == usual)
    }

    @Test("of a raise within a special period is faster from the first tier on")
    func raisedWithin() {
        let whole = ClimbForecastTests.raised..<(ClimbForecastTests.raised + 3_600_000)
        let periods = [
            SpecialPeriod(name: "a", times: whole, climbFactor: 0.5),
            SpecialPeriod(name: "b", times: whole, climbFactor: 0.2),
        ]
        #expect(
            lines(forecast(.standard, periods: periods, minutes: 8)) == [
                "0 enterprise 1", "1 township 1", "3 county 1", "5 county 2", "6 city 1", "8 city 2",
            ])
    }

    @Test("of a climb under way is the rest of what was foretold when it began")
    func resuming() {
        var random = RandomState(seed: 11)
        for _ in 0..<200 {
            let policy = ClimbForecastTests.random(&random)
            let whole = forecast(policy, .high).entries
            var climb = Climb(
                episode: ULID(time: ClimbForecastTests.raised, random: &random), subject: "shengli/LT-101/HH",
                priority: .high, policy: policy, raisedAt: ClimbForecastTests.raised, random: &random)
            for minute in Int64(0)...30 {
                let now = ClimbForecastTests.raised + minute * ClimbForecastTests.minute
                _ = climb.advance(to: now)
                let rest = ClimbForecast(
                    resuming: climb.tasks, policy: policy, priority: .high, grade: nil, site: ClimbForecastTests.site,
                    now: now, periods: [], duty: ClimbForecastTests.duty,
                    until: ClimbForecastTests.raised + 60 * ClimbForecastTests.minute)
                #expect(rest.entries == whole.filter { $0.time > now })
            }
        }
    }

    @Test("of a climb under way tells at once what fell due before")
    func overdue() {
        let climb = climb(.standard)
        let now = ClimbForecastTests.raised + 7 * ClimbForecastTests.minute
        let rest = ClimbForecast(
            resuming: climb.tasks, policy: .standard, priority: .critical, grade: nil, site: nil, now: now, periods: [],
            duty: DutyPlan(), until: now + 8 * ClimbForecastTests.minute)
        #expect(lines(rest) == ["7 enterprise 1", "7 township 1", "15 county 1"])
    }

    private func climb(_ policy: EscalationPolicy) -> Climb {
        var random = RandomState(seed: 1)
        return Climb(
            episode: ULID(time: ClimbForecastTests.raised, random: &random), subject: "shengli/LT-101/HH",
            priority: .critical, policy: policy, raisedAt: ClimbForecastTests.raised, random: &random)
    }

    @Test("ends after a bounded number of entries, and says so")
    func bound() {
        var policy = EscalationPolicy.standard
        policy.repeatEvery = 1_000
        let forecast = forecast(policy, minutes: 1_440)
        #expect(forecast.entries.count == ClimbForecast.mostEntries && forecast.isCut)
        #expect(!self.forecast(.standard, minutes: 1_440).isCut)
    }
}
