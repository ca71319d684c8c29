import Foundation
import Historian
import StateKit
import Store
import TestKit
import Testing

@Suite("A history file held open")
struct ReplacedFileTests {
    /// A state whose only day is sealed, with one sample.
    private static func sealed(_ value: Double) throws -> RecordedState {
        let state = try RecordedState()
        try state.record([RecordedSample(0, RecordedState.dayStart, value)])
        try state.record([])
        try state.compact()
        try state.deleteCompacted()
        _ = try state.chores().sealDays(endedBefore: .max)
        return state
    }

    @Test("is read no further once another has its name, and once it is gone")
    func replaced() async throws {
        let (state, other) = (try ReplacedFileTests.sealed(1), try ReplacedFileTests.sealed(2))
        let name = HistoryFolder.sealedName("2025-11-23", number: 0)
        let (path, replacement) = (HistoryFolder(state.folder).file(name), HistoryFolder(other.folder).file(name))
        let reader = HistoryReader(state.store.reader, state.folder)
        func values(are expected: [Double]) async throws {
            try await during(.milliseconds(300)) {
                let found = try reader.samples(of: "shengli/P-0", from: 0, through: .max)
                #expect(found?.map(\.value) == expected)
            }
        }
        // Longer than the folder counts as just changed, so that neither it nor the file is looked at again.
        try await values(are: [1])
        try unsafe #require(rename(replacement, path) == 0)
        try await values(are: [2])
        try FileManager.default.removeItem(atPath: path)
        try await values(are: [])
    }
}
