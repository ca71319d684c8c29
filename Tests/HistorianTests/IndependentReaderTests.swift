import Foundation
import Historian
import StateKit
import Store
import Telemetry
import TestKit
import Testing

/// `schemas/read_history.py` on the files that third parties get.
@Suite("The reader for third parties on day files")
struct IndependentReaderTests {
    private static let script =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path + "/schemas/read_history.py"

    private func run(_ state: RecordedState, _ arguments: String...) throws -> (code: Int32?, text: String) {
        let python = try ChildProcess(
            "/usr/bin/python3", [Self.script] + arguments, output: state.temporary.file(UUID().uuidString))
        return (python.wait(timeout: .seconds(60)), python.output)
    }

    /// Two sealed days and a growing one.
    private func recorded() throws -> (state: RecordedState, samples: [RecordedSample], days: [DayRecord]) {
        let state = try RecordedState()
        let samples = try CompactionTests.fill(state, bursts: 400, seed: 5)
        try state.compact()
        try state.deleteCompacted()
        return (state, samples, try state.chores().sealDays(endedBefore: RecordedState.dayStart + RecordedState.day))
    }

    @Test("prints the samples that hazardctl does, with their receipts")
    func samples() throws {
        let (state, recorded, _) = try recorded()
        var found: [String: [SampleBits]] = [:]
        for entry in HistoryFolder(state.folder).entries() {
            let (code, text) = try run(state, HistoryFolder(state.folder).file(entry.name), "--receipts")
            try #require(code == 0, "\(text)")
            let lines = text.split(separator: "\n")
            #expect(lines.first == "point,t_ms,value,quality,received_ms,shift_ms")
            for line in lines.dropFirst() {
                let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
                let sample = StoredSample(
                    time: try #require(Int64(cells[1])),
                    value: cells[2].isEmpty ? .nan : try #require(Double(cells[2])),
                    quality: Quality(rawValue: try #require(UInt8(cells[3]))))
                found[cells[0], default: []].append(SampleBits(sample))
                #expect(try #require(Int64(cells[4])) >= RecordedState.dayStart)
                #expect(cells[5] == "0")
            }
        }
        let expected = CompactionTests.expected(recorded, points: 4)
        for point in 0..<4 { #expect(found["shengli/P-\(point)"] == expected[point]) }
    }

    @Test("prints one point and some times only where asked, and says what it does not find")
    func selection() throws {
        let (state, _, _) = try recorded()
        let file = HistoryFolder(state.folder).file("2025-11-23.sqlite")
        let from = RecordedState.dayStart + 3_600_000
        let (code, text) = try run(
            state, file, "--point", "shengli/P-2", "--from", TimestampText.utc(from), "--to", "\(from + 3_600_000)")
        #expect(code == 0)
        let expected = try #require(
            try state.history.samples(of: "shengli/P-2", from: from, through: from + 3_600_000))
        #expect(!expected.isEmpty)
        #expect(text.split(separator: "\n").count == expected.count + 1, "\(text)")
        #expect(try run(state, file, "--point", "shengli/X").text.contains("has no point shengli/X"))
        #expect(try run(state, file, "--from", "yesterday").code == 2)
        #expect(try run(state, state.folder.database).text.contains("is not a day file"))
        #expect(try run(state, "/nowhere.sqlite").code == 1)
    }

    @Test("recomputes the hashes: the digest is that of the day's record, and a changed chunk is found")
    func check() throws {
        let (state, _, days) = try recorded()
        for day in days {
            let (code, text) = try run(state, "--check", HistoryFolder(state.folder).file(day.file))
            #expect(code == 0, "\(text)")
            #expect(
                text.contains("\(day.chunks) chunks with \(day.samples) samples hold; digest \(day.digest)"), "\(text)")
        }
        let file = HistoryFolder(state.folder).file("2025-11-24.open.sqlite")
        #expect(try run(state, "--check", file).code == 0)
        let shell = try ChildProcess(
            "/usr/bin/sqlite3", [file, "UPDATE chunk SET max = max + 1 WHERE id = 2"],
            output: state.temporary.file("shell"))
        try #require(shell.wait() == 0)
        let (code, text) = try run(state, "--check", file)
        #expect(code == 3)
        #expect(text.contains("chunk 2 of shengli/P-"), "\(text)")
    }

    @Test("prints the minutes of days whose samples are gone")
    func minutes() throws {
        let (state, _, _) = try recorded()
        let expected = try #require(
            try state.history.buckets(
                of: "shengli/P-1", from: 0, through: RecordedState.dayStart + RecordedState.day - 1, width: 60_000))
        #expect(!expected.isEmpty)
        _ = try state.chores().purge(rawDays: 30, missing: 0, at: RecordedState.dayStart + 40 * RecordedState.day)
        let (code, text) = try run(state, "--minutes", state.folder.rollups, "--point", "shengli/P-1")
        try #require(code == 0, "\(text)")
        let lines = text.split(separator: "\n")
        #expect(lines.first == "point,t_ms,min,max,sum,count")
        let found = lines.dropFirst().map { $0.split(separator: ",").map(String.init) }
        #expect(found.map { Int64($0[1]) } == expected.map(\.start))
        #expect(found.map { Double($0[2]) } == expected.map(\.least))
        #expect(found.map { Double($0[3]) } == expected.map(\.greatest))
        #expect(found.map { Int($0[5]) } == expected.map(\.count))
    }
}
