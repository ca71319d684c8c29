import Alarms
import Pipeline
import Testing

@Suite("The cases of Tests/Cases")
struct CaseTests {
    @Test("give the events expected, and no others", arguments: EngineCase.all)
    func events(engineCase: EngineCase) throws {
        try #require(!engineCase.inputs.isEmpty, "\(engineCase.expected)")
        let harness = try engineCase.harness()
        for input in engineCase.inputs {
            harness.advance(to: input.at)
            try harness.perform(input.action)
        }
        let counts = harness.store.accounting
        #expect(counts.isBalanced)
        let found = harness.lines.map(\.description)
        let events = engineCase.expected.filter { !$0.hasPrefix("=") }
        #expect(found == events, "\(engineCase.name) gave\n\(found.joined(separator: "\n"))\n")
        for line in engineCase.expected where line.hasPrefix("=") {
            #expect(
                line == "= received \(counts.received) stored \(counts.stored) duplicate \(counts.duplicate) "
                    + "unmapped \(counts.unmapped) quarantined \(counts.quarantined)")
        }
        #expect(harness.store.events.map(\.sequence) == (0..<found.count).map { Int64($0 + 1) })
    }

    @Test(
        "give the same events if the daemon is killed and started after any line",
        arguments: EngineCase.all.filter { $0.restartChanges == nil })
    func restarts(engineCase: EngineCase) throws {
        let whole = try run(engineCase, restartAfter: nil)
        for place in engineCase.inputs.indices {
            let broken = try run(engineCase, restartAfter: place)
            #expect(
                inOrder(broken.lines) == inOrder(whole.lines),
                "\(engineCase.name), killed after input \(place + 1), gave\n\(text(broken.lines))\n")
            #expect(broken.store.accounting == whole.store.accounting)
            #expect(Set(broken.engine.standing.map(\.subject)) == Set(whole.engine.standing.map(\.subject)))
            guard broken.lines.count == whole.lines.count else { return }
        }
    }

    @Test(
        "whose silences and clock series a restart begins anew still announce every hazard after one",
        arguments: EngineCase.all.filter { $0.restartChanges != nil })
    func hazardsAfterRestart(engineCase: EngineCase) throws {
        let whole = hazards(try run(engineCase, restartAfter: nil))
        for place in engineCase.inputs.indices {
            let broken = hazards(try run(engineCase, restartAfter: place))
            #expect(broken == whole, "\(engineCase.name), killed after input \(place + 1)")
        }
    }

    @Test("give the same events bit for bit when run again", arguments: EngineCase.all)
    func determinism(engineCase: EngineCase) throws {
        let once = try run(engineCase, restartAfter: engineCase.inputs.count / 2)
        let again = try run(engineCase, restartAfter: engineCase.inputs.count / 2)
        #expect(once.store.events == again.store.events)
        #expect(once.store.tasks == again.store.tasks)
    }

    private func run(_ engineCase: EngineCase, restartAfter place: Int?) throws -> EngineHarness {
        let harness = try engineCase.harness()
        for (number, input) in engineCase.inputs.enumerated() {
            harness.advance(to: input.at)
            try harness.perform(input.action)
            if number == place { try harness.perform(.restart(0)) }
        }
        return harness
    }

    /// Limit alarms raised, whenever and how often.
    private func hazards(_ harness: EngineHarness) -> Set<String> {
        let limits = ["/HH", "/H", "/L", "/LL"]
        return Set(
            harness.store.events.filter { event in
                event.type == "hazard.alarm.raised.v1" && limits.contains { event.subject.hasSuffix($0) }
            }.map(\.subject))
    }

    /// What happens in the same millisecond has no order of its own.
    private func inOrder(_ lines: [EventLine]) -> [EventLine] {
        lines.sorted { ($0.elapsed, $0.description) < ($1.elapsed, $1.description) }
    }

    private func text(_ lines: [EventLine]) -> String {
        lines.map(\.description).joined(separator: "\n")
    }
}
