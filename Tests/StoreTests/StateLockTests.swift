import Store
import TestKit
import Testing

@Suite("The lock of a state directory")
struct StateLockTests {
    @Test("refuses a second one, naming the first, and is free again when the first goes")
    func second() throws {
        let temporary = try TemporaryFolder("hazardd-lock")
        let folder = StateFolder(temporary.file("a/b/state"))
        try folder.create()
        var first: StateLock? = try StateLock(folder, holder: "hazardd kenli-1")
        #expect { try StateLock(folder, holder: "hazardd kenli-2") } throws: { error in
            guard let error = error as? StoreError else { return false }
            return error.kind == .locked && error.description.contains("hazardd kenli-1 (process ")
                && error.description.contains(folder.path)
        }
        // The refused one must not have taken the first one's name away.
        #expect { try StateLock(folder, holder: "hazardd kenli-3") } throws: {
            "\($0)".contains("hazardd kenli-1 (process ")
        }
        withExtendedLifetime(first) {}
        first = nil
        let third = try StateLock(folder, holder: "hazardctl")
        #expect { try StateLock(folder, holder: "x") } throws: { "\($0)".contains("in use by hazardctl (process ") }
        withExtendedLifetime(third) {}
    }
}
