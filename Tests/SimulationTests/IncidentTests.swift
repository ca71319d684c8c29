import Simulation
import Testing

@Suite("A scripted incident")
struct IncidentTests {
    private let start: Int64 = 1_763_880_000_000

    private func scans(_ incidents: [Incident], seconds: Int64 = 60) throws -> [TelemetryMessage] {
        var world = try World(FarmPlan(pointsPerSite: 20), incidents: incidents, start: start)
        return try TelemetryMessage.read(world.advance(to: start + seconds * 1_000))
    }

    private func values(_ tag: String, _ scans: [TelemetryMessage]) throws -> [Double] {
        try scans.map { try #require($0.values[tag]) }
    }

    @Test("an overfill takes LT-101 across H, then HH, and back below both, once each")
    func overfill() throws {
        let levels = try values("LT-101", scans([Incident(.overfill, start: 10, duration: 20, ramp: 6)]))
        #expect(levels[0..<10].allSatisfy { $0 < 8 })
        #expect(levels[17...23].allSatisfy { $0 >= 9.5 })
        #expect(levels[31...].allSatisfy { $0 < 8 })
        let high = try #require(levels.firstIndex { $0 >= 8.5 })
        let highHigh = try #require(levels.firstIndex { $0 >= 9.5 })
        #expect(high < highHigh)
        for limit in [8.5, 9.5] {
            #expect(zip(levels, levels.dropFirst()).count { ($0 >= limit) != ($1 >= limit) } == 2)
        }
    }

    @Test("an overfill shows in valve and flow, and leaves the next tank alone")
    func overfillIsCoherent() throws {
        let scans = try scans([Incident(.overfill, start: 10, duration: 20, ramp: 6)])
        #expect(try values("XV-101-IN", scans)[12...22].allSatisfy { $0 == 1 })
        #expect(try values("FT-101", scans)[12...22].allSatisfy { $0 > 150 })
        #expect(try values("XV-101-OUT", scans)[25...29].allSatisfy { $0 == 1 })
        #expect(try values("LT-102", scans).allSatisfy { $0 < 8 })
    }

    @Test("a leak drives the detectors at its tank past HH and lets them come back")
    func leak() throws {
        let scans = try scans([Incident(.leak, start: 10)])
        let gas = try values("GD-101", scans)
        #expect(gas[0..<10].allSatisfy { $0 < 5 } && gas[31...].allSatisfy { $0 < 5 })
        #expect(gas[16...24].allSatisfy { $0 >= 50 })
        #expect(try values("GT-101", scans)[16...24].allSatisfy { $0 >= 50 })
        #expect(try values("GD-102", scans).allSatisfy { $0 < 5 })
    }

    @Test("a stuck transmitter repeats one value while time goes on")
    func stuck() throws {
        let scans = try scans([Incident(.stuck, start: 10, duration: 30)])
        let pressures = try values("PT-101", scans)
        #expect(Set(pressures[10..<40]).count == 1)
        #expect(Set(pressures[0..<10]).count > 1 && Set(pressures[40...]).count > 1)
        #expect(Set(scans.map { $0.time }).count == scans.count)
    }

    @Test("a stuck level hides an overfill, before and after a past incident on the same point")
    func stuckHidesOverfill() throws {
        let levels = try values(
            "LT-101",
            scans([
                Incident(.stuck, start: 20, duration: 30, point: "LT-101"),
                Incident(.overfill, start: 22, duration: 10),
                Incident(.stuck, start: 1, duration: 4, point: "LT-101"),
            ]))
        #expect(Set(levels[20..<50]).count == 1)
    }

    @Test("a silent gateway sends no message, and its sequence goes on without a gap")
    func silence() throws {
        let scans = try scans([Incident(.silence, start: 10, duration: 20)])
        let seconds = scans.map { ($0.time - start + 500) / 1_000 }
        #expect(seconds == Array(0..<10) + Array(30...60))
        #expect(scans.map { $0.sequence } == Array(0..<scans.count))
    }

    @Test("a drifting clock shifts the time stamps, either way, and comes back", arguments: [600.0, -2_400])
    func drift(offset: Double) throws {
        let scans = try scans([Incident(.drift, start: 10, duration: 30, ramp: 0, amount: offset)])
        for (second, scan) in scans.enumerated() {
            let expected = (10..<40).contains(second) ? Int64(offset * 1_000) : 0
            #expect(abs(scan.time - start - Int64(second) * 1_000 - expected) <= 5)
        }
    }

    @Test("an incident elsewhere leaves the first site alone")
    func otherSite() throws {
        let plan = try FarmPlan(sites: 2, pointsPerSite: 10)
        var world = try World(plan, incidents: [Incident(.silence, start: 0, site: "farm-2")], start: start)
        #expect(Set(world.advance(to: start + 10_000).map { $0.gateway }) == ["gw1"])
    }

    @Test("the text form sets every part, and leaves the rest as usual")
    func text() throws {
        let short = try Incident(text: "overfill@10")
        #expect(short == Incident(.overfill, start: 10, duration: 20, ramp: 5, amount: 9.9))
        let long = try Incident(text: "drift@2.5,duration=60,ramp=0,site=farm-2,amount=-90")
        #expect(long == Incident(.drift, start: 2.5, duration: 60, ramp: 0, site: "farm-2", amount: -90))
    }

    @Test(
        "a text that is no incident is refused by name",
        arguments: [
            "", "overfill", "flood@3", "overfill@", "overfill@x", "overfill@-1", "leak@1@2", "leak@3,colour=red",
            "leak@3,ramp", "drift@3,amount=nan",
        ])
    func badText(text: String) {
        #expect { try Incident(text: text) } throws: { "\($0)".contains("\"\(text)\"") }
    }

    @Test(
        "an incident that strikes nothing is refused",
        arguments: [
            "overfill@1,point=LT-999", "overfill@1,point=PT-101", "silence@1,point=LT-101", "leak@1,site=elsewhere",
        ])
    func strikesNothing(text: String) throws {
        let plan = try FarmPlan()
        let incident = try Incident(text: text)
        #expect(throws: SimulationFault.self) { try World(plan, incidents: [incident], start: start) }
    }
}
