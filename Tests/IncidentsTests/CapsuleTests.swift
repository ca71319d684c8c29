import Evidence
import Foundation
import Incidents
import Registry
import TestKit
import Testing

@Suite("An incident's folder")
struct CapsuleTests {
    private func text(_ path: String, _ name: String) throws -> String {
        try String(contentsOfFile: path + "/" + name, encoding: .utf8)
    }

    private func verify(_ path: String, _ recorded: RecordedIncident) throws {
        _ = try CapsuleVerifier(path, trusted: try recorded.publicKey()).verify()
    }

    @Test("holds the source's samples and the site's events of the window, and proves them, wherever they are kept")
    func everyForm() throws {
        let recorded = try RecordedIncident()
        try recorded.record()
        let (path, summary) = try recorded.capsule()
        #expect(summary.open == nil)
        #expect(
            summary.events == 4 && summary.samples == 2 * 1_801, "minutes 10 to 40 of two points, both ends included")
        try verify(path, recorded)
        let samples = try text(path, "samples.csv")
        let first = RecordedIncident.time(10)
        #expect(samples.hasPrefix("point,t_ms,value,quality,received_ms\nshengli/LT-1,\(first),0,192,\(first + 40)\n"))
        #expect(!samples.contains("XT-1"), "another source's")
        #expect(try text(path, "configuration/applied.json").contains(recorded.configuration.fingerprint))

        try recorded.compact(at: 61, sealingDays: false)
        let (unsealed, early) = try recorded.capsule()
        #expect(early.open?.contains("not sealed yet") == true)
        let fault = #expect(throws: EvidenceFault.self) { try verify(unsealed, recorded) }
        #expect(fault?.description.hasPrefix("not yet proven") == true)
        try recorded.seal(at: 62)
        let (compacted, _) = try recorded.capsule()
        try verify(compacted, recorded)
        #expect(try text(compacted, "samples.csv") == samples)
        #expect(try !text(compacted, "proof/chunks.jsonl").isEmpty && text(compacted, "proof/journal.jsonl").isEmpty)

        try recorded.compact(at: 63, sealingDays: true)
        try recorded.seal(at: 64)
        let (closed, _) = try recorded.capsule("shengli/LT-1/HH")
        try verify(closed, recorded)
        #expect(try text(closed, "proof/files.jsonl").contains("\"2025-11-23.sqlite\""))
        #expect(try text(closed, "samples.csv") == samples)
        #expect(try text(closed, "events.jsonl") == text(path, "events.jsonl"))
    }

    @Test("has what came late, and of several samples with one time the first recorded")
    func late() throws {
        let recorded = try RecordedIncident()
        try recorded.record()
        try recorded.compact(at: 57, sealingDays: false)
        try recorded.addLate()
        try recorded.seal(at: 59)
        let (path, summary) = try recorded.capsule()
        #expect(summary.samples == 2 * 1_801 + 1)
        try verify(path, recorded)
        let samples = try text(path, "samples.csv")
        let received = RecordedIncident.time(58)
        #expect(samples.contains("\nshengli/LT-1,\(RecordedIncident.time(20)),9.5,192,"))
        #expect(samples.contains("\nshengli/LT-1,\(RecordedIncident.time(20) + 500),,0,\(received)\n"))
    }

    @Test("says that it is not proven while nothing after the window is sealed")
    func tooEarly() throws {
        let recorded = try RecordedIncident()
        try recorded.record()
        let (path, summary) = try recorded.capsule(now: 3_000)
        #expect(summary.open == nil)
        try verify(path, recorded)
        let other = try RecordedIncident()
        try other.commitUnsealed()
        let (early, said) = try other.capsule()
        #expect(said.open?.contains("nothing after the incident is sealed") == true)
        #expect(throws: EvidenceFault.self) { try verify(early, other) }
        #expect(try text(early, "report.html").contains("Not yet proven"))
    }

    @Test("holds no secret, runs nothing, and shows what people wrote as they wrote it")
    func report() throws {
        let recorded = try RecordedIncident()
        try recorded.record()
        let (path, _) = try recorded.capsule()
        let report = try text(path, "report.html")
        #expect(report.contains("&lt;script&gt;x&lt;/script&gt;") && !report.contains("<script"))
        #expect(report.contains("Tank &lt;farm&gt;") && report.contains("胜利罐区"))
        #expect(report.contains("2025-11-23 15:20:00.000"), "in the node's time zone")
        #expect(report.contains("<svg") && report.contains(">HH<"))
        #expect(!report.contains("http:") && !report.contains("https:"), "nothing is loaded")
        for case let name as String in try #require(FileManager.default.enumerator(atPath: path)) {
            let bytes = FileManager.default.contents(atPath: path + "/" + name) ?? Data()
            #expect(bytes.range(of: Data("secret word".utf8)) == nil, "\(name)")
        }
    }

    @Test("is made anew or not at all")
    func refusals() throws {
        let recorded = try RecordedIncident()
        try recorded.record()
        let (path, _) = try recorded.capsule()
        let capsule = IncidentCapsule(
            recorded.folder, configuration: recorded.configuration, files: recorded.files)
        let error = #expect(throws: (any Error).self) {
            try capsule.write("\(recorded.episode)", to: path, at: RecordedIncident.time(3_000))
        }
        #expect("\(try #require(error))".contains("is not empty"))
        #expect(throws: (any Error).self) { try recorded.capsule("shengli/PT-1/HH") }
        #expect(throws: (any Error).self) { try recorded.capsule("01ARZ3NDEKTSV4RRFFQ69G5FAV") }
    }
}
