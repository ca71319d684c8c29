import Escalation
import Telemetry
import Testing

@Suite("The escalation queue")
struct EscalationQueueTests {
    @Test("gives the oldest that are wanted and not blocked, as a plain list would", arguments: 0..<30)
    func model(seed: UInt64) {
        var random = RandomState(seed: seed)
        var queue = EscalationQueue()
        var model: [(task: Int, lane: Int)] = []
        for _ in 0..<2_000 {
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<5:
                // Numbers are given again once they wait no more.
                let task = Int.random(in: 0..<200, using: &random)
                let lane = Int.random(in: 0..<12, using: &random)
                queue.add(task, lane: lane)
                if !model.contains(where: { $0.task == task }) { model.append((task, lane)) }
            case 5..<7:
                let task = model.randomElement(using: &random)?.task ?? 7
                queue.remove(task)
                queue.remove(task)
                model.removeAll { $0.task == task }
            default:
                let limit = Int.random(in: 1...6, using: &random)
                let lanes = Set((0..<12).filter { _ in Bool.random(using: &random) })
                let blocked = Int.random(in: 0..<5, using: &random)
                let oldest = queue.oldest(limit) {
                    lanes.contains($0)
                } unless: {
                    $0 % 5 == blocked
                }
                let expected = model.filter { lanes.contains($0.lane) && $0.task % 5 != blocked }.prefix(limit)
                #expect(oldest == expected.map(\.task), "seed \(seed)")
                for task in oldest where Bool.random(using: &random) {
                    queue.remove(task)
                    model.removeAll { $0.task == task }
                }
            }
            #expect(queue.count == model.count)
            #expect((0..<200).allSatisfy { task in queue.contains(task) == model.contains { $0.task == task } })
        }
    }

    @Test("has one deadline a task: the last one set, earliest first", arguments: 0..<20)
    func deadlines(seed: UInt64) {
        var random = RandomState(seed: seed)
        var deadlines = DeadlineQueue()
        var model: [Int: Int64] = [:]
        // Older numbers are not lower ones.
        func id(_ task: Int) -> ULID { ULID(high: 0, low: UInt64((task * 37) % 50)) }
        var now: Int64 = 0
        for _ in 0..<5_000 {
            let task = Int.random(in: 0..<50, using: &random)
            switch Int.random(in: 0..<8, using: &random) {
            case 0..<4:
                let at = now + Int64.random(in: 0...100, using: &random)
                deadlines.set(task, id(task), to: at)
                model[task] = at
            case 4:
                deadlines.remove(task)
                model[task] = nil
            default:
                now += Int64.random(in: 0...40, using: &random)
                while let due = deadlines.popDue(at: now) {
                    let earliest = model.min { ($0.value, id($0.key)) < ($1.value, id($1.key)) }
                    #expect(due == earliest?.key, "seed \(seed)")
                    model[due] = nil
                }
                #expect(model.values.allSatisfy { $0 > now })
                #expect(deadlines.next.map { next in model.values.allSatisfy { $0 >= next } } ?? model.isEmpty)
            }
            #expect(deadlines.count == model.count)
        }
    }
}
