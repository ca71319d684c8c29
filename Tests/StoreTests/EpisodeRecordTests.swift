import Alarms
import Escalation
import Pipeline
import Registry
import Store
import Telemetry
import Testing

@Suite("The record of an episode")
struct EpisodeRecordTests {
    private static let start = StoreFixture.start
    private static let subject = AlarmSubject(site: "shengli", object: "P-0", condition: .high)

    /// A state whose log a test writes event by event.
    private struct Log {
        let fixture: StoreFixture
        private var random = RandomState(seed: 5)
        private var sequence: Int64 = 0
        private(set) var alarm: Alarm
        /// What is committed next.
        var effects = Effects()

        init() throws {
            fixture = try StoreFixture()
            alarm = Alarm(
                subject: EpisodeRecordTests.subject, episode: ULID(time: EpisodeRecordTests.start, random: &random),
                machine: AlarmMachine(state: .unacknowledged), priority: .critical, source: "TF-1", value: 9, limit: 8,
                receivedAt: EpisodeRecordTests.start, raisedAt: EpisodeRecordTests.start)
        }

        /// Adds an event, so many seconds after the start.
        mutating func add(
            _ type: String, _ seconds: Int64, _ task: EscalationTask? = nil, actor: String? = nil,
            comment: String? = nil, cause: String? = nil, recipients: String? = nil
        ) {
            sequence += 1
            var alarm = alarm
            alarm.cause = cause
            effects.events.append(
                Event(
                    node: "n1", sequence: sequence, previous: nil,
                    id: ULID(time: EpisodeRecordTests.start, random: &random), type: "hazard.\(type).v1",
                    site: "shengli", subject: alarm.subject.description,
                    time: EpisodeRecordTests.start + seconds * 1_000, route: type == "escalation.due" ? "t/s" : nil,
                    data: alarm.json(
                        actor: actor, comment: comment, tier: task?.tier, escalation: task?.id,
                        recipients: recipients)))
        }

        mutating func climb(_ policy: EscalationPolicy = .standard, after seconds: Int64 = 0) -> Climb {
            Climb(
                episode: alarm.episode, subject: alarm.subject.description, priority: .critical, policy: policy,
                raisedAt: EpisodeRecordTests.start + seconds * 1_000, random: &random)
        }

        mutating func keep(_ tasks: [EscalationTask]) {
            for task in tasks { effects.keep(task) }
        }

        mutating func stand() {
            effects.alarms.updateValue(alarm, forKey: alarm.subject)
        }

        mutating func end() {
            effects.alarms.updateValue(nil, forKey: alarm.subject)
        }

        mutating func record() throws -> EpisodeRecord {
            try fixture.commit(effects)
            effects = Effects()
            return try #require(try StateReader(fixture.folder).episode(alarm.episode))
        }

        /// Another episode of the same alarm.
        mutating func another() {
            alarm = Alarm(
                subject: alarm.subject, episode: ULID(time: EpisodeRecordTests.start + 1, random: &random),
                machine: AlarmMachine(state: .unacknowledged), priority: .critical, receivedAt: alarm.receivedAt,
                raisedAt: alarm.raisedAt)
        }
    }

    @Test("has its own tasks, events and policy while it lasts, and nothing of another episode")
    func standing() throws {
        var log = try Log()
        var policy = EscalationPolicy.standard
        policy.notify = ["enterprise": [.responsible(.operational)]]
        log.effects.policies.updateValue(policy, forKey: log.alarm.episode)
        var climb = log.climb(policy)
        _ = climb.advance(to: EpisodeRecordTests.start)
        log.keep(climb.tasks)
        log.stand()
        log.add("alarm.raised", 0)
        log.add(
            "escalation.due", 0, climb.tasks[0], recipients: #"[{"name":"王五","duty":"operational"}]"#)
        let first = log.alarm
        log.another()
        log.add("alarm.raised", 5)
        try log.fixture.commit(log.effects)
        let record = try #require(try StateReader(log.fixture.folder).episode(first.episode))
        #expect(record.subject == "shengli/P-0/H" && record.site == "shengli" && record.source == "TF-1")
        #expect(record.alarm == first && record.priority == .critical && record.policy == policy)
        #expect(record.tasks == climb.tasks && record.openTasks == climb.tasks)
        #expect(record.steps.map(\.kind) == ["raised", "due"])
        #expect(record.steps[0].value == 9 && record.steps[0].limit == 8 && record.steps[0].recipients == nil)
        #expect(record.steps[1].tier == "enterprise")
        #expect(record.steps[1].recipients?.map { "\($0.name), \($0.duty)" } == ["王五, operational"])
        #expect(record.ending(by: policy) == nil)
    }

    @Test("says who acknowledged it where that ended the climb")
    func acknowledged() throws {
        var log = try Log()
        var climb = log.climb()
        _ = climb.advance(to: EpisodeRecordTests.start)
        let tasks = climb.cancel()
        log.keep(tasks)
        log.add("alarm.raised", 0)
        log.add("escalation.due", 0, tasks[0])
        log.add("alarm.confirmed", 50, actor: "li", comment: "valve closed")
        log.add("alarm.acknowledged", 60, actor: "wang", comment: "on my way")
        for task in tasks { log.add("escalation.cancelled", 60, task) }
        log.add("alarm.returned", 90)
        log.add("alarm.cleared", 90)
        let ending = try #require(try log.record().ending(by: .standard))
        #expect(ending.kind == "acknowledged" && ending.actor == "wang" && ending.comment == "on my way")
    }

    @Test("goes by what the policy says ends a climb, where all tiers had been told and nothing was left to cancel")
    func nothingToCancel() throws {
        var log = try Log()
        var policy = EscalationPolicy(name: "p", tiers: ["a"], climb: [.critical: [0]], stopOn: [.confirmed])
        var climb = log.climb(policy)
        _ = climb.advance(to: EpisodeRecordTests.start)
        _ = climb.change(at: 0) { task in
            task.lease(to: "room", for: 60_000, at: EpisodeRecordTests.start)
            task.complete(note: nil, at: EpisodeRecordTests.start)
        }
        let tasks = climb.cancel()
        log.keep(tasks)
        log.add("alarm.raised", 0)
        log.add("escalation.due", 0, tasks[0])
        log.add("escalation.done", 1, tasks[0], actor: "room")
        log.add("alarm.acknowledged", 60, actor: "wang")
        log.add("alarm.confirmed", 70, actor: "li")
        log.add("alarm.cleared", 80)
        let record = try log.record()
        #expect(record.tasks.map(\.state) == [.done])
        #expect(record.ending(by: policy)?.actor == "li")
        policy.stopOn = [.acknowledged]
        #expect(record.ending(by: policy)?.actor == "wang")
        policy.stopOn = []
        #expect(record.ending(by: policy)?.kind == "cleared")
    }

    @Test("says why a climb was cancelled where nothing happened to the alarm itself")
    func superseded() throws {
        var log = try Log()
        var climb = log.climb()
        let tasks = climb.cancel()
        log.keep(tasks)
        log.add("alarm.raised", 0)
        log.add("escalation.cancelled", 30, tasks[0], cause: "superseded by HH")
        let ending = try #require(try log.record().ending(by: .standard))
        #expect(ending.kind == "cancelled" && ending.cause == "superseded by HH")
    }

    @Test("is about the last climb where there were several")
    func climbsAnew() throws {
        var log = try Log()
        var first = log.climb()
        _ = first.advance(to: EpisodeRecordTests.start)
        let former = first.cancel()
        var second = log.climb(after: 1_800)
        _ = second.advance(to: EpisodeRecordTests.start + 1_800_000)
        log.keep(former + second.tasks)
        log.add("alarm.raised", 0)
        log.add("alarm.acknowledged", 60, actor: "wang")
        for task in former { log.add("escalation.cancelled", 60, task) }
        log.add("alarm.realarmed", 1_800)
        log.add("escalation.due", 1_800, second.tasks[0])
        var record = try log.record()
        #expect(record.tasks == former + second.tasks)
        #expect(record.openTasks == second.tasks && record.ending(by: .standard) == nil)
        let latter = second.cancel()
        log.keep(latter)
        log.add("alarm.shelved", 1_900, actor: "li")
        for task in latter { log.add("escalation.cancelled", 1_900, task) }
        record = try log.record()
        #expect(record.ending(by: .standard)?.kind == "shelved")
    }

    @Test("tells a tier that was passed over from one that a consumer could not reach")
    func passedOver() throws {
        var log = try Log()
        var climb = log.climb()
        _ = climb.advance(to: EpisodeRecordTests.start) { $0 == "enterprise" ? "nobody is on duty" : nil }
        log.keep(climb.tasks)
        log.add("escalation.failed", 0, climb.tasks[0], comment: "nobody is on duty")
        log.add("escalation.due", 0, climb.tasks[1])
        log.add("escalation.failed", 9, climb.tasks[1], actor: "room", comment: "no answer")
        let record = try log.record()
        #expect(record.steps.map { record.isPassedOver($0) } == [true, false, false])
    }

    @Test("is found once it is over, by its tasks or by the log alone; of others there is none")
    func over() throws {
        var log = try Log()
        let quiet = log.alarm.episode
        log.add("alarm.raised", 0)
        log.add("alarm.cleared", 5)
        var record = try log.record()
        #expect(record.alarm == nil && record.tasks.isEmpty && record.steps.map(\.kind) == ["raised", "cleared"])
        #expect(record.priority == .critical && record.source == "TF-1" && record.ending(by: .standard) == nil)
        log.another()
        var climb = log.climb()
        log.keep(climb.cancel())
        log.stand()
        _ = try log.record()
        log.end()
        record = try log.record()
        #expect(record.alarm == nil && record.tasks.count == 4 && record.steps.isEmpty)
        let reader = try StateReader(log.fixture.folder)
        #expect(try reader.episode(quiet) != nil)
        #expect(try reader.episode(ULID(high: 1, low: 1)) == nil)
    }
}
