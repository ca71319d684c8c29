import Evidence
import Historian
import StateKit
import Store
import Telemetry
import Testing

@Suite("Verification of an untouched store")
struct VerifierTests {
    @Test("holds at every stage: recorded, compacted, half deleted, sealed, recorded on")
    func stages() throws {
        let evidence = try RecordedEvidence()
        _ = try Verifier(evidence.state.folder).verify()
        try evidence.fill(bursts: 200)
        #expect(try evidence.verify().samples == Int64(evidence.samples))
        try evidence.state.compact()
        #expect(try evidence.verify().compactions == 1)
        try evidence.state.snapshot()
        _ = try evidence.state.store.deleteCompacted()
        _ = try evidence.verify()
        try evidence.state.sealer.seal(at: evidence.state.now)
        _ = try evidence.verify()
        _ = try evidence.state.chores().sealDays(endedBefore: .max)
        try evidence.state.sealer.seal(at: evidence.state.now)
        let found = try evidence.verify()
        #expect(found.dayFiles >= 2)
        #expect(found.seals >= 2)
        try evidence.fill(bursts: 40)
        try evidence.state.compact()
        try evidence.state.deleteCompacted()
        #expect(try evidence.verify().samples == Int64(evidence.samples))
    }
}
