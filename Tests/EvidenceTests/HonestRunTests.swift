import Evidence
import TestKit
import Testing

@Suite("An honest store")
struct HonestRunTests {
    @Test("is never accused, whatever was done in whatever order, and wherever its process ended")
    func random() throws {
        for seed in 0..<UInt64(FullCounts.areAsked ? 1_000 : 12) {
            let run = try RandomRun(seed: seed)
            do {
                for _ in 0..<30 {
                    try run.step()
                    if run.isTimeToLook() { try run.verify() }
                }
                #expect(try run.verify().samples == run.samples, "seed \(seed)")
            } catch {
                Issue.record("seed \(seed), after \(run.story.joined(separator: ", ")): \(error)")
            }
        }
    }
}
