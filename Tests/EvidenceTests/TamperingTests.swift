import Evidence
import Testing

/// Every manipulation is found by `hazardctl verify`, run as an auditor would, which names what was changed.
@Suite("A changed store")
struct TamperingTests {
    @Test("is fine before anything is done to it")
    func untouched() throws {
        let node = try AttackedNode()
        let found = try node.verification(trusted: node.node.firstKey, witnessed: [node.node.newestSeal])
        #expect(found.compactions == 2)
        #expect(found.seals == 5)
        #expect(found.dayFiles == 4)
        #expect(found.keys.count == 2)
        #expect(try node.hazardctl().code == 0)
    }

    @Test("is found out whatever of the state was changed", arguments: StateManipulations.all)
    func state(_ manipulation: Manipulation) throws { try expectFound(manipulation) }

    @Test("is found out whatever of the history was changed", arguments: HistoryManipulations.all)
    func history(_ manipulation: Manipulation) throws { try expectFound(manipulation) }

    private func expectFound(_ manipulation: Manipulation) throws {
        let node = try AttackedNode()
        try manipulation.act(node)
        let (code, text) = try node.hazardctl()
        #expect(code == 3, "\(text)")
        #expect(text.contains(manipulation.complaint), "\(text)")
    }
}
