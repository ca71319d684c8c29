import Foundation
import Store
import TestKit

extension RecordedState {
    /// What the `sqlite3` shell answers, as anybody else who looks into a file.
    package func sqlite(_ file: String, _ sql: String) throws -> String {
        let shell = try ChildProcess(
            "/usr/bin/sqlite3", [file, sql], output: temporary.file("sqlite-\(now)-\(sql.hashValue)"))
        guard shell.wait() == 0 else { throw TestKitError("sqlite3 \(file) '\(sql)': \(shell.output)") }
        return shell.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The points and days whose minutes are kept.
    package func keptMinutes() throws -> Int {
        Int(try sqlite(folder.rollups, "SELECT COUNT(*) FROM minutes")) ?? -1
    }
}
