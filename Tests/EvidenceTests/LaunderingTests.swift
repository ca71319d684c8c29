import Evidence
import Foundation
import GRDB
import Historian
import StateKit
import Store
import Testing

/// The daemon itself turns journal rows into chunks and chunks into a day's final file. What was changed before must not
/// be made true by that.
@Suite("What was changed since it was recorded")
struct LaunderingTests {
    private func execute(_ sql: String, _ path: String) throws {
        try DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
    }

    @Test("is not compacted, and stays as it is")
    func journal() throws {
        let evidence = try RecordedEvidence()
        try evidence.fill(bursts: 20)
        try execute(
            "UPDATE journal SET block = (SELECT block FROM journal WHERE id = 8) WHERE id = 9",
            evidence.state.folder.database)
        #expect {
            try evidence.state.compact()
        } throws: { "\($0)".contains("journal row 9 was changed") }
        try evidence.state.deleteCompacted()
        #expect {
            try evidence.verify()
        } throws: { "\($0)".contains("journal row 9") }
    }

    @Test(
        "is not sealed, but other days are",
        arguments: [
            "UPDATE chunk SET max = max + 1 WHERE id = 1", "DELETE FROM chunk WHERE id = 1", "DELETE FROM chunk",
            "UPDATE chunk SET j_last = j_last - 1 WHERE id = 1",
            "UPDATE chunk SET times = (SELECT bytes FROM chunk WHERE id = 1) WHERE id = 1",
        ])
    func chunk(_ sql: String) throws {
        let evidence = try RecordedEvidence()
        try evidence.fill(bursts: 250)
        try evidence.state.compact()
        let folder = HistoryFolder(evidence.state.folder)
        try execute(sql, folder.file("2025-11-23.open.sqlite"))
        #expect {
            try evidence.state.chores().sealDays(endedBefore: RecordedState.dayStart + 2 * RecordedState.day)
        } throws: { "\($0)".contains("2025-11-23.open.sqlite") }
        let names = folder.entries().map(\.name)
        #expect(names.contains("2025-11-23.open.sqlite"))
        #expect(names.contains("2025-11-24.sqlite"))
        #expect {
            try evidence.verify()
        } throws: { "\($0)".contains("2025-11-23.open.sqlite") }
    }
}
