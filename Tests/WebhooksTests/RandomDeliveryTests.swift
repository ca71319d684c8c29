import TestKit
import Testing

@Suite("Delivery to a target that answers at random")
struct RandomDeliveryTests {
    private static let seeds: ClosedRange<UInt64> = 1...(FullCounts.areAsked ? 400 : 40)

    @Test("brings every event at least once or passes it over for good, in order, within the bound, over kills")
    func everything() async {
        var kills = 0
        var opened = 0
        var filled = 0
        var repeats = 0
        for seed in RandomDeliveryTests.seeds {
            await Task.yield()
            let events = 1_500 + Int(seed % 7) * 200
            var target = SimulatedTarget(seed: seed, events: events, subjects: [3, 40, 2_000][Int(seed % 3)])
            target.run()
            let missing = (1...Int64(events)).filter { target.delivered[$0] == nil && !target.refused.contains($0) }
            #expect(missing.isEmpty, "seed \(seed): \(missing.prefix(5)) never arrived")
            kills += target.kills
            opened += target.wasOpen ? 1 : 0
            filled += target.wasFull ? 1 : 0
            repeats += target.delivered.values.reduce(0) { $0 + $1 - 1 }
        }
        // The worlds were bad enough to show something.
        #expect(kills > 20 && opened > 10 && filled > 0 && repeats > 100)
        print("random deliveries: \(RandomDeliveryTests.seeds.count) targets, \(kills) kills, \(repeats) repetitions")
    }
}
