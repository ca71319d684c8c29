import Escalation
import Telemetry
import Testing

@Suite("The escalation queue")
struct EscalationQueueTests {
    private static let tiers = ["enterprise", "township", "county"]
    private static let sites = ["a", "b", "c", "d"]

    private func task(_ number: UInt64, tier: String) -> EscalationTask {
        EscalationTask(
            id: ULID(high: 1, low: number), episode: ULID(high: 2, low: number / 3), subject: "s/LT-1/H", tier: tier,
            step: 0, dueAt: nil, wait: 0)
    }

    @Test("gives the oldest that are wanted and not blocked, as a plain list would", arguments: 0..<30)
    func model(seed: UInt64) {
        var random = RandomState(seed: seed)
        var queue = EscalationQueue()
        var model: [(task: EscalationTask, site: String)] = []
        var number: UInt64 = 0
        for _ in 0..<2_000 {
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<5:
                let tier = EscalationQueueTests.tiers.randomElement(using: &random) ?? ""
                let site = EscalationQueueTests.sites.randomElement(using: &random) ?? ""
                let fresh = task(number, tier: tier)
                number += 1
                queue.add(fresh, site: site)
                queue.add(fresh, site: site)
                model.append((fresh, site))
            case 5..<7:
                guard let place = model.indices.randomElement(using: &random) else { continue }
                queue.remove(model.remove(at: place).task.id)
            default:
                let limit = Int.random(in: 1...6, using: &random)
                let tiers = Set(EscalationQueueTests.tiers.filter { _ in Bool.random(using: &random) })
                let sites = Set(EscalationQueueTests.sites.filter { _ in Bool.random(using: &random) })
                let blocked = UInt64.random(in: 0..<5, using: &random)
                func isBlocked(_ id: ULID) -> Bool { id.low % 5 == blocked }
                let taken = queue.take(limit: limit) {
                    tiers.contains($0.tier) && sites.contains($0.site)
                } unless: {
                    isBlocked($0.task)
                }
                let expected = model.filter {
                    tiers.contains($0.task.tier) && sites.contains($0.site) && !isBlocked($0.task.id)
                }.prefix(limit).map(\.task.id)
                #expect(taken.map(\.task) == Array(expected), "seed \(seed)")
                model.removeAll { expected.contains($0.task.id) }
            }
            #expect(queue.count == model.count)
        }
    }

    @Test("has one deadline a task: the last one set, earliest first", arguments: 0..<20)
    func deadlines(seed: UInt64) {
        var random = RandomState(seed: seed)
        var deadlines = DeadlineQueue()
        var model: [ULID: Int64] = [:]
        var now: Int64 = 0
        for _ in 0..<5_000 {
            let id = ULID(high: 0, low: UInt64.random(in: 0..<50, using: &random))
            switch Int.random(in: 0..<8, using: &random) {
            case 0..<4:
                let at = now + Int64.random(in: 0...100, using: &random)
                deadlines.set(id, to: at)
                model[id] = at
            case 4:
                deadlines.remove(id)
                model[id] = nil
            default:
                now += Int64.random(in: 0...40, using: &random)
                while let due = deadlines.popDue(at: now) {
                    let earliest = model.min { ($0.value, $0.key) < ($1.value, $1.key) }
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
