import Simulation
import Testing

@Suite("A simulated world")
struct WorldTests {
    private let start: Int64 = 1_763_880_000_000

    private func world(
        _ incidents: [Incident] = [], sites: Int = 1, points: Int = 20, rate: Double = 1, batch: Int = 50,
        seed: UInt64 = 7
    ) throws -> World {
        let plan = try FarmPlan(sites: sites, pointsPerSite: points, rate: rate, batch: batch, seed: seed)
        return try World(plan, incidents: incidents, start: start)
    }

    @Test("the same seed gives the same bytes, however the time is cut; another seed gives others")
    func sameSeedSameBytes() throws {
        let incidents = [Incident(.overfill, start: 5), Incident(.leak, start: 8), Incident(.stuck, start: 3)]
        var whole = try world(incidents, sites: 2)
        var cut = try world(incidents, sites: 2)
        var other = try world(incidents, sites: 2, seed: 8)
        let messages = whole.advance(to: start + 60_000)
        var pieces: [GatewayMessage] = []
        for step in stride(from: Int64(0), through: 60_000, by: 300) { pieces += cut.advance(to: start + step) }
        #expect(messages.count == 2 * 61)
        #expect(pieces == messages)
        #expect(other.advance(to: start + 60_000) != messages)
    }

    @Test("time stamps miss the second by 5 ms at most, and do miss it")
    func jitterIsBounded() throws {
        var world = try world()
        let messages = try TelemetryMessage.read(world.advance(to: start + 600_000))
        let misses = messages.enumerated().map { $1.time - start - Int64($0) * 1_000 }
        #expect(misses.allSatisfy { abs($0) <= 5 })
        #expect(Set(misses).count == 11)
    }

    @Test("at high rates no two scans of a gateway share a time stamp", arguments: [3.0, 100, 400, 1_000])
    func timesRise(rate: Double) throws {
        var world = try world(points: 5, rate: rate, batch: 5)
        let times = try TelemetryMessage.read(world.advance(to: start + 2_000)).map { $0.time }
        #expect(times.count == Int(2 * rate) + 1)
        #expect(zip(times, times.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test("the sequence of each gateway has no gap, and every scan carries every point")
    func sequenceHasNoGap() throws {
        var world = try world(sites: 3, points: 23)
        let messages = try TelemetryMessage.read(world.advance(to: start + 30_000))
        for gateway in ["gw1", "gw2", "gw3"] {
            let own = messages.filter { $0.gateway == gateway }
            #expect(own.map { $0.sequence } == Array(0...30))
            #expect(own.allSatisfy { $0.values.count == 23 })
        }
    }

    @Test("a batch splits a scan, or gathers several, and the counts say so", arguments: [7, 20, 65])
    func batches(batch: Int) throws {
        var world = try world(rate: 4, batch: batch)
        let messages = world.advance(to: start + 14_750)
        let scans = try TelemetryMessage.read(messages)
        #expect(messages.allSatisfy { $0.samples <= batch })
        #expect(messages.reduce(0) { $0 + $1.samples } == 60 * 20)
        #expect(scans.reduce(0) { $0 + $1.values.count } == 60 * 20)
        #expect(messages.count == (batch == 7 ? 180 : batch == 20 ? 60 : 20))
    }

    @Test("values have three decimals at most and stay in their range and below every alarm for a day")
    func quietDay() throws {
        var world = try world(rate: 1.0 / 60)
        let scans = try TelemetryMessage.read(world.advance(to: start + 86_400_000))
        let quiet = [
            "LT-101": 1.0...8.4, "PT-101": 0.3...1.25, "TT-102": 10...35, "GD-101-B": 0...5, "OX-102": 20...22,
        ]
        for (tag, range) in quiet {
            let values = try scans.map { try #require($0.values[tag]) }
            #expect(values.allSatisfy { range.contains($0) }, "\(tag)")
            #expect(values.allSatisfy { abs($0 * 1_000 - ($0 * 1_000).rounded()) < 1e-6 }, "\(tag)")
            #expect(Set(values).count > 10, "\(tag)")
        }
        let levels = try scans.map { try #require($0.values["LT-101"]) }
        let temperatures = try scans.map { try #require($0.values["TT-101"]) }
        #expect(levels.max()! - levels.min()! > 3, "the tank is filled and drained")
        #expect(temperatures.max()! - temperatures.min()! > 5, "the day warms the tank")
    }
}
