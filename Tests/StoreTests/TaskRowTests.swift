import Escalation
import Pipeline
import Store
import Telemetry
import Testing

@Suite("Stored escalation tasks")
struct TaskRowTests {
    /// Changes that queue, policy and clock make.
    private static func change(_ task: inout EscalationTask, _ random: inout RandomState) {
        let now = Int64.random(in: 1...1_000, using: &random)
        let note = Bool.random(using: &random) ? "note \(now)" : nil
        switch Int.random(in: 0..<9, using: &random) {
        case 0: task.announce(at: now)
        case 1, 2: task.lease(to: "consumer \(now)", for: now, at: now)
        case 3, 4: task.complete(note: note, at: now)
        case 5: task.fail(note: note, at: now)
        case 6: task.becomeReady(at: now)
        case 7: task.extend(for: now, at: now)
        default: task.dueAt = Bool.random(using: &random) ? now : nil
        }
    }

    @Test(
        "are as they were last, whatever changed of them, whichever commits failed, and however often it was begun anew",
        arguments: 0..<12)
    func random(seed: UInt64) throws {
        let fixture = try StoreFixture()
        var random = RandomState(seed: seed)
        var model: [ULID: EscalationTask] = [:]
        var number: UInt64 = 0
        for round in 0..<60 {
            if round % 17 == 16 {
                try fixture.reopen()
                // Without it the rows are not known.
                if Bool.random(using: &random) { _ = try fixture.database.load() }
            }
            var effects = Effects()
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                let open = model.values.filter { !$0.isClosed }.sorted { $0.id < $1.id }
                if let former = open.randomElement(using: &random), Int.random(in: 0..<3, using: &random) > 0 {
                    var task = former
                    TaskRowTests.change(&task, &random)
                    if Int.random(in: 0..<12, using: &random) == 0 { task.close() }
                    effects.keep(task, former: Bool.random(using: &random) ? former : nil)
                    model[task.id] = task
                } else {
                    number += 1
                    let task = EscalationTask(
                        id: ULID(high: 1, low: number), episode: ULID(high: 2, low: number / 4), subject: "s/P-1/HH",
                        tier: "tier \(number % 4)", step: Int(number % 4), dueAt: 5, wait: 5)
                    effects.keep(task)
                    model[task.id] = task
                }
            }
            fixture.database.commitFault = { random.next() % 3 == 0 ? "a fault" : nil }
            while (try? fixture.commit(effects)) == nil {}
            fixture.database.commitFault = { nil }
            var query = EscalationQuery(limit: 1_000)
            query.includesClosed = true
            let stored = try fixture.database.reader.escalations(query)
            #expect(stored.sorted { $0.id < $1.id } == model.values.sorted { $0.id < $1.id }, "seed \(seed)")
        }
        try fixture.reopen()
        let open = model.values.filter { !$0.isClosed }.sorted { $0.id < $1.id }
        #expect(try fixture.database.load().tasks.sorted { $0.id < $1.id } == open, "seed \(seed)")
    }
}
