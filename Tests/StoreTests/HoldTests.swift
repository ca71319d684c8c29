import Alarms
import Pipeline
import Store
import Telemetry
import Testing

@Suite("Holds on disk")
struct HoldTests {
    private static let subject = AlarmSubject(site: "shengli", object: "P-0", condition: .highHigh)
    private static let episode = ULID(high: 1, low: 2)

    private func effects(_ times: ClosedRange<Int64>, begins: Bool) -> Effects {
        var effects = Effects()
        let hold = Hold(
            episode: HoldTests.episode, subject: HoldTests.subject, site: "shengli", source: "TF-1", times: times)
        effects.holds[hold.episode] = HoldChange(hold, begins: begins)
        return effects
    }

    @Test("are committed with their burst, grow, never shrink, and stay the same when repeated")
    func grow() throws {
        let fixture = try StoreFixture()
        try fixture.commit(effects(1_000...2_000, begins: true))
        try fixture.commit(effects(1_000...2_000, begins: true))
        #expect(try fixture.database.reader.holds().map(\.times) == [1_000...2_000])
        try fixture.commit(effects(1_500...3_000, begins: false))
        try fixture.commit(effects(1_500...2_500, begins: true))
        try fixture.reopen()
        let hold = try #require(try fixture.database.reader.holds().first)
        #expect(hold.times == 1_000...3_000)
        #expect(hold.subject == HoldTests.subject && hold.site == "shengli" && hold.source == "TF-1")
    }

    @Test("are not begun by a change that only lets one grow")
    func onlyGrows() throws {
        let fixture = try StoreFixture()
        try fixture.commit(effects(1_000...2_000, begins: false))
        #expect(try fixture.database.reader.holds().isEmpty)
    }

    @Test("are not on disk where the burst's commit failed")
    func failedCommit() throws {
        let fixture = try StoreFixture()
        fixture.database.commitFault = { "as the test asks" }
        #expect(throws: StoreError.self) { try fixture.commit(effects(1_000...2_000, begins: true)) }
        #expect(try fixture.database.reader.holds().isEmpty)
    }

    @Test("have no end while their alarm stands")
    func standing() throws {
        let fixture = try StoreFixture()
        var burst = effects(1_000...2_000, begins: true)
        burst.alarms[HoldTests.subject] = Alarm(
            subject: HoldTests.subject, episode: HoldTests.episode,
            machine: AlarmMachine(state: .unacknowledged, isLatching: false), priority: .critical, receivedAt: 1_500,
            raisedAt: 1_500)
        try fixture.commit(burst)
        #expect(try fixture.database.reader.holds().map(\.times) == [1_000...StateReader.openEnd])
        burst = effects(1_000...2_500, begins: false)
        burst.alarms.updateValue(nil, forKey: HoldTests.subject)
        try fixture.commit(burst)
        #expect(try fixture.database.reader.holds().map(\.times) == [1_000...2_500])
    }
}
