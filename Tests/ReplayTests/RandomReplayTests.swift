import Alarms
import Pipeline
import Replay
import StateKit
import Telemetry
import TestKit
import Testing

@Suite("Random plants")
struct RandomReplayTests {
    private static let columns =
        "low,high,LL,L,H,HH,deadband,on_delay_s,off_delay_s,stale_after_s,priority,latching"
        + ",rate_limit,rate_window_s,flatline_after_s"

    /// Rules of all kinds for twelve points.
    private static func rows(_ random: inout RandomState) -> [String] {
        (0..<12).map { number in
            let band = ["", "0.5", "2"].randomElement(using: &random) ?? ""
            let on = ["", "3", "HH=2 H=20"].randomElement(using: &random) ?? ""
            let off = ["", "5"].randomElement(using: &random) ?? ""
            let stale = ["0", "15", "60"].randomElement(using: &random) ?? ""
            let latching = ["", "yes"].randomElement(using: &random) ?? ""
            let rate = ["", "3,30,"].randomElement(using: &random) ?? ""
            let flat = rate.isEmpty ? ",," : ""
            return "P\(number),gw1,P\(number),other,-20,20,-8,-5,5,8,\(band),\(on),\(off),\(stale),critical,"
                + "\(latching),\(rate)\(flat)"
        }
    }

    @Test(
        "are replayed to the very alarms on record, from the journal, from day files and from both", arguments: 0..<12)
    func agree(seed: Int) throws {
        var random = RandomState(seed: UInt64(seed))
        let plant = try RecordedPlant(RandomReplayTests.columns, RandomReplayTests.rows(&random), silence: 40)
        var values = [Double](repeating: 0, count: 12)
        var time: Int64 = 0
        for step in 0..<900 {
            time += Int64.random(in: 1...3_000, using: &random)
            if random.unit() < 0.01 { time += 70_000 }
            var message: [(tag: String, value: Double?)] = []
            for point in values.indices where random.unit() < 0.7 {
                values[point] += (random.unit() - 0.5) * 4 - values[point] * 0.02
                let value = random.unit() < 0.02 ? nil : (values[point] * 100).rounded() / 100
                message.append((tag: "P\(point)", value: value))
            }
            try plant.send(message, at: time)
            if step == 450, seed % 3 == 1 { try plant.compact() }
            if step == 700, seed % 2 == 1 {
                try plant.restart(downFor: 120_000)
                time = plant.elapsed
            }
        }
        if seed % 3 == 2 { try plant.compact(isSealing: seed % 2 == 0) }
        let report = try plant.replay()
        let total = report.recorded.total { _, _ in true }
        #expect(total.before > 50)
        #expect(report.recorded.differenceCount == 0, "\(report.recorded.differences.prefix(5))")
        let same = try plant.replay(plant.configuration)
        #expect(same.proposed?.differenceCount == 0)
        #expect(same.proposed?.total { _, _ in true }.same == total.same)
    }
}
