import Foundation
import Registry
import Settings
import TestKit
import Testing

@Suite("Tests/RealData")
struct RealDataTests {
    private static let folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("RealData").path

    @Test("has rules that can be put in force, and others to propose for the same points")
    func rules() throws {
        let inForce = try Configuration.load(
            settingsFile: RealDataTests.folder + "/skab/hazardd.yaml", environment: [:])
        let proposed = try inForce.proposing(registry: RealDataTests.folder + "/skab/proposed", policies: nil)
        #expect(inForce.registry.points.map(\.name) == proposed.registry.points.map(\.name))
        #expect(inForce.registry != proposed.registry)
    }

    private static let labels = """
        t_ms,anomaly,changepoint,file
        0,,,anomaly-free/anomaly-free.csv
        10000,0.0,0.0,other/1.csv
        20000,1.0,1.0,other/1.csv
        30000,1.0,0.0,other/1.csv
        40000,0.0,1.0,other/1.csv
        500000,0.0,0.0,valve1/1.csv
        510000,1.0,1.0,valve1/1.csv
        """

    private static func alarm(_ rules: String, _ condition: String, _ sampled: Int, _ returned: Int?) -> String {
        """
        {"rules":"\(rules)","subject":"rig/A/\(condition)","priority":"high","raised_at":\(sampled),\
        "sampled_at":\(sampled),"returned_at":\(returned.map { "\($0)" } ?? "null")}

        """
    }

    @Test("scores alarms: true within an anomaly and a minute after it, with the delay of the first one of each")
    func score() throws {
        let folder = try TemporaryFolder("hazardd-score")
        try folder.write(RealDataTests.labels + "\n", to: "labels.csv")
        try folder.write(
            RealDataTests.alarm("proposed", "H", 10_000, 15_000)  // false: it stood before the anomaly
                + RealDataTests.alarm("proposed", "H", 25_000, 35_000)  // true, after 5 s
                + RealDataTests.alarm("proposed", "RATE", 85_000, nil)  // true: within the minute after it
                + RealDataTests.alarm("proposed", "STALE", 510_000, nil)  // of an instrument
                + RealDataTests.alarm("in_force", "H", 510_000, nil),  // of the other rules
            to: "alarms.jsonl")
        let run = try ChildProcess(
            "/usr/bin/python3",
            [
                RealDataTests.folder + "/score_alarms.py", folder.file("labels.csv"), folder.file("alarms.jsonl"),
                "--rules", "proposed", "--format", "json",
            ], output: folder.file("output"))
        #expect(run.wait(timeout: .seconds(60)) == 0, "\(run.output)")
        let result = try #require(
            try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any], "\(run.output)")
        #expect(result["alarms"] as? Int == 3)
        #expect(result["true_alarms"] as? Int == 2)
        #expect(result["recall"] as? Double == 0.5)
        let anomalies = try #require(result["by_anomaly"] as? [[String: Any]])
        #expect(anomalies.map { $0["delay_s"] as? Double } == [5, nil])
        #expect(anomalies.map { $0["kind"] as? String } == ["leak", "valve closing (outlet)"])
    }
}
