import Foundation
import Historian
import StateKit
import Store
import Telemetry
import TestKit
import Testing

@Suite("A history file whose writer was killed")
struct UnfinishedFileTests {
    /// A day file as it was recorded, and the same with a transaction that was half written when its process ended: the
    /// file changed already, and what it was before beside it.
    private static func files() throws -> (state: RecordedState, whole: String, halfWritten: String) {
        let state = try RecordedState()
        for number in 0..<2_000 {
            let time = RecordedState.dayStart + Int64(number) * 1_000
            try state.record((0..<4).map { RecordedSample($0, time, Double(number * $0) / 7) })
        }
        try state.compact()
        let name = HistoryFolder.openName("2025-11-23")
        let whole = HistoryFolder(state.folder).file(name)
        let (work, copy) = (state.temporary.file("day.sqlite"), state.temporary.file("copy"))
        try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: false)
        let shell = try ChildProcess(
            "/usr/bin/sqlite3",
            [
                whole, "VACUUM INTO '\(work)'", ".open \(work)", "PRAGMA cache_size = 1", "BEGIN",
                "UPDATE chunk SET bytes = zeroblob(length(bytes)), times = zeroblob(length(times))",
                ".shell cp \(work) \(work)-journal \(copy)/", "ROLLBACK",
            ], output: state.temporary.file("shell.log"))
        #expect(shell.wait(timeout: .seconds(20)) == 0, "\(shell.output)")
        let halfWritten = copy + "/day.sqlite"
        #expect(try Data(contentsOf: URL(fileURLWithPath: halfWritten + "-journal")).contains { $0 != 0 })
        #expect(
            try Data(contentsOf: URL(fileURLWithPath: halfWritten)) != Data(contentsOf: URL(fileURLWithPath: work)),
            "the transaction has reached the file")
        return (state, whole, halfWritten)
    }

    @Test("is read as it was before, by whoever may write to it")
    func takenBack() throws {
        let files = try UnfinishedFileTests.files()
        let (whole, halfWritten) = (try DayFile(path: files.whole), try DayFile(path: files.halfWritten))
        var digests: (whole: [Data], halfWritten: [Data]) = ([], [])
        try whole.forEachChunk { digests.whole.append($0.digest) }
        try halfWritten.forEachChunk { entry in
            digests.halfWritten.append(entry.digest)
            #expect(entry.chunk.bytes.contains { $0 != 0 })
        }
        #expect(!digests.whole.isEmpty && digests.whole == digests.halfWritten)
        #expect(try halfWritten.integrityComplaint() == nil)
    }
}
