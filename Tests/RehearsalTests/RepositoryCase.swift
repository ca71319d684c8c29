import Foundation
import Rehearsal
import Settings
import Testing

/// A rule test of `Tests/Cases/rules`.
struct RepositoryCase: Sendable, CustomTestStringConvertible {
    /// Its path in the folder.
    let name: String
    let path: String

    var testDescription: String { name }

    private static let folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Cases/rules").path

    static let all: [RepositoryCase] = RuleTestFiles.files(at: [folder]).flatMap { $0.files ?? [] }.map {
        RepositoryCase(name: String($0.path.dropFirst(folder.count + 1)), path: $0.path)
    }

    func read() throws -> RuleTest {
        try RuleTestText.read(at: path)
    }
}
