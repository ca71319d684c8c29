import Alarms
import Foundation
import Pipeline
import Registry
import Replay
import StateKit
import Store
import Telemetry
import TestKit
import Testing

@Suite("A replay")
struct ReplayTests {
    private static let columns = "unit,H,HH,deadband,on_delay_s,stale_after_s,priority"
    private static let row = "LT-1,gw1,LT-1,level,m,9,9.5,0.2,,30,critical"

    /// A level that goes up to 9.4 and back, in steps of 0.1 every ten seconds, twice.
    private static func waves() throws -> RecordedPlant {
        let plant = try RecordedPlant(columns, [row])
        for step in 0..<120 {
            let phase = step % 60
            let value = 8.0 + Double(min(phase, 60 - phase, 14)) / 10
            try plant.send([("LT-1", value)], at: Int64(step) * 10_000)
        }
        return plant
    }

    private static func subject(_ condition: Condition) -> AlarmSubject {
        AlarmSubject(site: "shengli", object: "LT-1", condition: condition)
    }

    @Test("of the rules in force gives the alarms on record, wherever the samples are", arguments: [0, 1, 2])
    func asRecorded(state: Int) throws {
        let plant = try ReplayTests.waves()
        if state > 0 { try plant.compact(isSealing: state == 2) }
        let report = try plant.replay()
        #expect(report.samples == 120)
        #expect(report.recorded.differenceCount == 0, "\(report.recorded.differences)")
        #expect(report.recorded.total { _, _ in true }.same == 2)
        #expect(report.withoutData.isEmpty)
        #expect(report.proposed == nil)
    }

    @Test("of a lower limit says what is new, and what is earlier by how much")
    func lowered() throws {
        let plant = try ReplayTests.waves()
        let proposed = try plant.propose(ReplayTests.columns, ["LT-1,gw1,LT-1,level,m,8.8,9.3,0.2,,30,critical"])
        let report = try plant.replay(proposed)
        let high = try #require(report.proposed?.tallies[ReplayTests.subject(.high)])
        #expect([high.before, high.after, high.earlier] as [Int] == [2, 2, 2])
        #expect(high.meanShift == -20_000)
        let highHigh = try #require(report.proposed?.tallies[ReplayTests.subject(.highHigh)])
        #expect([highHigh.before, highHigh.after, highHigh.new] as [Int] == [0, 2, 2])
        #expect(report.proposed?.differences.count == 4)
        #expect(report.recorded.differenceCount == 0)
    }

    @Test("of a higher limit or a longer delay says what is gone, and what is later")
    func raised() throws {
        let plant = try ReplayTests.waves()
        let delayed = try plant.replay(
            plant.propose(ReplayTests.columns, ["LT-1,gw1,LT-1,level,m,9,9.5,0.2,30,30,high"]))
        let tally = try #require(delayed.proposed?.tallies[ReplayTests.subject(.high)])
        #expect([tally.later, tally.reprioritised] as [Int] == [2, 2])
        #expect(tally.meanShift == 30_000)
        #expect(tally.priorityBefore == .high)
        #expect(tally.priorityAfter == .medium)
        let higher = try plant.replay(
            plant.propose(ReplayTests.columns, ["LT-1,gw1,LT-1,level,m,9.45,9.5,0.2,,30,critical"]))
        #expect(higher.proposed?.total { _, _ in true }.gone == 2)
        #expect(higher.proposed?.differences.map(\.kind) == [.gone, .gone])
    }

    @Test("of a wider deadband says how many raises are spared")
    func deadband() throws {
        let plant = try RecordedPlant(ReplayTests.columns, ["LT-1,gw1,LT-1,level,m,9,,,,0,high"])
        for step in 0..<20 { try plant.send([("LT-1", step % 2 == 0 ? 8.9 : 9.1)], at: Int64(step) * 1_000) }
        let report = try plant.replay(
            plant.propose(ReplayTests.columns, ["LT-1,gw1,LT-1,level,m,9,,0.5,,0,high"]))
        let tally = try #require(report.proposed?.tallies[ReplayTests.subject(.high)])
        #expect([tally.before, tally.after, tally.same, tally.gone] as [Int] == [10, 1, 1, 9])
    }

    @Test("takes a stop of the daemon and a lost broker for no silence of any source")
    func surroundings() throws {
        let plant = try ReplayTests.waves()
        try plant.restart(downFor: 600_000)
        var next = plant.elapsed
        for _ in 0..<30 {
            next += 10_000
            try plant.send([("LT-1", 5)], at: next)
        }
        try plant.brokerLost()
        try plant.advance(to: next + 300_000)
        try plant.brokerRestored()
        for step in 1..<30 { try plant.send([("LT-1", 5)], at: next + 300_000 + Int64(step) * 10_000) }
        let report = try plant.replay()
        #expect(report.recorded.differenceCount == 0, "\(report.recorded.differences)")
        let silences = report.recorded.total { subject, _ in [.stale, .offline].contains(subject.condition) }
        #expect(silences.same == 2, "STALE and OFFLINE were recorded beneath BROKER")
    }

    @Test("shows a source's silence as it was")
    func silence() throws {
        let plant = try ReplayTests.waves()
        try plant.send([("LT-1", 5)], at: 1_800_000)
        try plant.send([("LT-1", 5)], at: 1_900_000)
        let report = try plant.replay()
        #expect(report.recorded.differenceCount == 0, "\(report.recorded.differences)")
        #expect(report.recorded.tallies[ReplayTests.subject(.stale)]?.same == 2)
        let patient = try plant.replay(
            plant.propose(ReplayTests.columns, ["LT-1,gw1,LT-1,level,m,9,9.5,0.2,,120,critical"], silence: 0))
        let stale = try #require(patient.proposed?.tallies[ReplayTests.subject(.stale)])
        #expect([stale.later, stale.gone] as [Int] == [1, 1])
    }

    @Test("of imported samples runs as if they had come when they were measured")
    func imported() throws {
        let plant = try RecordedPlant(ReplayTests.columns, [ReplayTests.row])
        try plant.advance(to: 86_400_000)
        let samples = (0..<60).map { step in
            ImportedSample(
                point: PointIndex(0), time: RecordedPlant.start + Int64(step) * 10_000,
                value: step >= 30 && step < 40 ? 9.2 : 8, quality: .good)
        }
        try plant.takeImported(samples)
        for isCompacted in [false, true] {
            if isCompacted { try plant.compact() }
            let report = try plant.replay(from: 0, to: 590_000)
            #expect(report.measured == 60)
            #expect(report.recorded.tallies[ReplayTests.subject(.high)]?.new == 1)
            #expect(
                report.recorded.differences.first { $0.subject.condition == .high }?.at
                    == RecordedPlant.start + 300_000)
        }
    }

    @Test("leaves live alarms alone where late samples came")
    func late() throws {
        let plant = try ReplayTests.waves()
        try plant.send([("LT-1", 5)], at: 1_210_000)
        try plant.send([("LT-1", 9.9)], at: 1_215_000, measured: 1_205_000)
        try plant.send([("LT-1", 5)], at: 1_220_000)
        let report = try plant.replay()
        #expect(report.recorded.differenceCount == 0, "\(report.recorded.differences)")
        #expect(report.samples == 123)
    }

    @Test("holds redundant transmitters against each other, and knows rates of change")
    func conditions() throws {
        let plant = try RecordedPlant(
            "unit,low,high,rate_limit,rate_window_s,stale_after_s",
            ["A,gw1,A,level,m,0,12,,,0", "B,gw1,B,level,m,0,12,,,0", "C,gw1,C,level,m,0,12,1,60,0"],
            site: "redundant:\n  - {points: [A, B], deviation: 0.5}\n")
        for step in 0..<60 {
            let stray = step >= 20 && step < 40 ? 0.75 : 0.0
            try plant.send([("A", 5 + stray), ("B", 5), ("C", 2 + Double(step / 30) * 2)], at: Int64(step) * 5_000)
        }
        for isCompacted in [false, true] {
            if isCompacted { try plant.compact() }
            let report = try plant.replay()
            #expect(report.recorded.differenceCount == 0, "\(report.recorded.differences)")
            let deviation = AlarmSubject(site: "shengli", object: "A", condition: .deviation)
            #expect(report.recorded.tallies[deviation]?.same == 1)
            let rate = AlarmSubject(site: "shengli", object: "C", condition: .rate)
            #expect(report.recorded.tallies[rate]?.same == 1)
        }
    }

    @Test("hands over every alarm that either rules gave, with when it was measured and when it returned")
    func alarms() throws {
        let plant = try ReplayTests.waves()
        let proposed = try plant.propose(ReplayTests.columns, ["LT-1,gw1,LT-1,level,m,8.8,,0.2,,30,critical"])
        var found: [ReplayedAlarm] = []
        _ = try plant.replay(proposed) { found.append($0) }
        let high = found.filter { $0.subject == ReplayTests.subject(.high) }
        let before = high.filter { $0.rules == .inForce }
        #expect(before.map(\.sampledAt) == [100_000, 700_000].map { RecordedPlant.start + $0 })
        #expect(before.map(\.raisedAt) == before.map(\.sampledAt))
        #expect(high.filter { $0.rules == .proposed }.map(\.sampledAt) == before.map { $0.sampledAt - 20_000 })
        #expect(high.allSatisfy { ($0.returnedAt ?? 0) > $0.raisedAt })
    }

    @Test("counts what was raised between its times only, and knows what stood before")
    func times() throws {
        let plant = try ReplayTests.waves()
        let report = try plant.replay(from: 150_000, to: 650_000)
        #expect(report.samples == 51)
        #expect(report.recorded.total { _, _ in true }.before == 0, "the first wave was above the limit by then")
        let all = try plant.replay(from: 100_000, to: 100_000)
        #expect(all.recorded.total { _, _ in true }.same == 1)
    }

    @Test("names the points without data, on either side")
    func withoutData() throws {
        let plant = try ReplayTests.waves()
        let proposed = try plant.propose(
            ReplayTests.columns, [ReplayTests.row, "LT-2,gw1,LT-2,level,m,9,9.5,0.2,,30,critical"])
        let report = try plant.replay(proposed)
        #expect(report.withoutData == ["shengli/LT-2"])
        #expect(report.points == 2)
        #expect(report.proposed?.tallies[AlarmSubject(site: "shengli", object: "LT-2", condition: .stale)]?.new == 1)
    }

    @Test("writes nothing")
    func readOnly() throws {
        let plant = try ReplayTests.waves()
        try plant.compact()
        func files() throws -> [String: Data] {
            let names = try #require(FileManager.default.enumerator(atPath: plant.state.path)).compactMap {
                $0 as? String
            }
            let databases = names.filter { $0.hasSuffix(".sqlite") || $0.hasSuffix("-wal") }
            return Dictionary(
                uniqueKeysWithValues: try databases.map {
                    ($0, try Data(contentsOf: URL(fileURLWithPath: plant.state.path + "/" + $0)))
                })
        }
        let before = try files()
        _ = try plant.replay()
        #expect(try files() == before)
    }
}
