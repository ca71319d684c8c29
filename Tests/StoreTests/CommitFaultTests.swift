import Alarms
import Foundation
import Pipeline
import Store
import Telemetry
import Testing

@Suite("A commit that fails")
struct CommitFaultTests {
    private func burst(_ sequence: Int64) -> Effects {
        var effects = StoreFixture.samples(0, [(sequence, Double(sequence))])
        effects.events = [StoreFixture.event(sequence)]
        effects.actions = [StoreFixture.action("done", requestID: "\(sequence)")]
        effects.quarantine = [QuarantineEntry(receivedAt: 1, topic: "t", reason: "value", detail: "d", excerpt: [])]
        effects.unmapped = [UnmappedTag(gateway: "gw1", tag: "X"): 1]
        effects.accounting.received = sequence
        effects.accounting.stored = sequence
        return effects
    }

    @Test("leaves nothing, and the same burst goes in whole at the next try")
    func retried() throws {
        let fixture = try StoreFixture()
        try fixture.commit(burst(1), cursors: ["feed": 1])
        let before = try fixture.database.load()
        fixture.database.commitFault = { "disk on fire" }
        for _ in 0..<3 {
            #expect { try fixture.commit(burst(2), cursors: ["feed": 2]) } throws: {
                ($0 as? StoreError)?.description.contains("disk on fire") == true
            }
        }
        let after = try fixture.database.load()
        #expect(after.lastSequence == before.lastSequence)
        #expect(after.samples.map(\.time) == before.samples.map(\.time))
        #expect(try fixture.storedTimes(0) == [1])
        #expect(after.accounting == before.accounting)
        let reader = fixture.database.reader
        #expect(try reader.cursor("feed") == 1)
        #expect(try reader.outcome(actor: "li", requestID: "2", since: 0) == nil)
        #expect(try fixture.recorded(0, at: 2) == nil)

        fixture.database.commitFault = { nil }
        try fixture.commit(burst(2), cursors: ["feed": 2])
        try fixture.commit(burst(3))
        try fixture.reopen()
        #expect(try fixture.database.reader.events(after: 0, limit: 9).map(\.sequence) == [1, 2, 3])
        #expect(try fixture.storedTimes(0) == [1, 2, 3])
        #expect(try fixture.database.load().samples.map(\.time) == [3])
        #expect(try fixture.database.load().accounting.received == 3)
        #expect(try fixture.recorded(0, at: 2) == 2)
    }

    @Test("one time in three loses nothing and repeats nothing")
    func often() throws {
        let fixture = try StoreFixture()
        var random = RandomState(seed: 31)
        fixture.database.commitFault = { random.next() % 3 == 0 ? "a fault" : nil }
        var failures = 0
        for sequence in Int64(1)...100 {
            while true {
                do {
                    try fixture.commit(burst(sequence))
                    break
                } catch {
                    failures += 1
                }
            }
        }
        #expect(failures > 10)
        fixture.database.commitFault = { nil }
        try fixture.reopen()
        #expect(try fixture.database.reader.events(after: 0, limit: 200).map(\.sequence) == Array(1...100))
        #expect(try fixture.storedTimes(0) == Array(1...100))
    }

    @Test("because the sums do not add up is refused by the table itself")
    func unbalanced() throws {
        let fixture = try StoreFixture()
        var effects = Effects()
        effects.accounting.received = 2
        effects.accounting.stored = 1
        #expect(throws: StoreError.self) { try fixture.commit(effects) }
    }
}
