import Pipeline
import Registry
import Telemetry
import Testing

@Suite("Accounting")
struct AccountingTests {
    /// Two gateways with tags T0 to T3; T4 is not known.
    private static let registry = Registry(
        sites: [Site(name: "shengli")],
        points: (0..<8).map { place in
            Point(
                site: 0, name: "P-\(place)", gateway: place / 4, tag: "T\(place % 4)",
                rules: [AlarmRule(condition: .high, limit: 3), AlarmRule(condition: .bad)])
        },
        gateways: [Gateway(name: "gw1", silence: 0, sites: [0]), Gateway(name: "gw2", silence: 0, sites: [0])])

    private static let tags = Set((0..<8).map { "gw\($0 / 4 + 1)/T\($0 % 4)" })

    @Test("always balances and agrees with an independent count, across restarts too", arguments: UInt64(1)...20)
    func randomStreams(seed: UInt64) throws {
        let harness = EngineHarness(registry: AccountingTests.registry)
        var stream = RandomTelemetry(seed: seed)
        var model = AccountingModel(points: AccountingTests.tags)
        var random = RandomState(seed: seed)
        harness.holdsCommits = true
        for number in 1...2_000 {
            harness.advance(to: Int64(number))
            let message = stream.next(before: EngineHarness.start)
            let isReadable = harness.receive(message.gateway, message.text, isRetained: message.isRetained)
            #expect(isReadable == message.isReadable)
            model.take(message)
            if random.next() % 7 == 0 { harness.commit() }
            if random.next() % 100 == 0 {
                harness.commit()
                harness.restart(downFor: 0)
            }
            guard harness.engine.totals == model.counts else {
                Issue.record(
                    "message \(number) of seed \(seed), \(message): \(harness.engine.totals), not \(model.counts)")
                return
            }
            #expect(harness.engine.totals.isBalanced)
        }
        harness.commit()
        let store = harness.store
        #expect(store.accounting == model.counts)
        #expect(store.storedCount == Int(model.counts.stored))
        #expect(store.unmapped.values.reduce(0, +) == model.counts.unmapped)
        let reasons = Dictionary(grouping: store.quarantine, by: \.reason).mapValues(\.count)
        #expect(reasons["conflict"] ?? 0 == model.conflicts)
        #expect(reasons["value"] ?? 0 == model.refusedValues)
        #expect(reasons["unparseable"] ?? 0 == model.refusedMessages)
        // Each outcome must occur, or the test shows nothing.
        #expect(model.counts.stored > 100 && model.counts.duplicate > 100 && model.counts.unmapped > 100)
        #expect(model.conflicts > 100 && model.refusedValues > 100 && model.refusedMessages > 10)
    }

    @Test("keeps of one burst no more refused input than its bound, and counts all of it")
    func burstBound() {
        let harness = EngineHarness(registry: AccountingTests.registry)
        harness.holdsCommits = true
        for _ in 0..<(QuarantineEntry.burstLimit + 50) { harness.receive("gw1", "{") }
        harness.commit()
        #expect(harness.store.quarantine.count == QuarantineEntry.burstLimit)
        #expect(harness.store.accounting.quarantined == Int64(QuarantineEntry.burstLimit + 50))
        #expect(harness.store.accounting.isBalanced)
    }

    @Test("keeps at most the first 4 KiB of what is refused")
    func excerpt() {
        let harness = EngineHarness(registry: AccountingTests.registry)
        harness.receive("gw1", "{" + String(repeating: "x", count: 9_000))
        harness.commit()
        #expect(harness.store.quarantine.first?.excerpt.count == QuarantineEntry.excerptLimit)
        #expect(harness.store.quarantine.first?.topic == "hazard/v1/gateways/gw1/telemetry")
    }
}
