import Testing

extension Spine {
    @Suite("A daemon killed at every step of an alarm's life")
    struct LifeCycleKillTests {
        /// Milliseconds by which a deadline may be missed.
        private static let tolerance: Int64 = 500

        @Test("goes on where it was: acknowledged, latched, shelved, delayed; no event is lost or repeated")
        func steps() async throws {
            try await LifeCycleRun(
                LifeCyclePath.acknowledging + LifeCyclePath.shelving + LifeCyclePath.delays + LifeCyclePath.service
            ).run()
        }

        @Test("goes on where it was while one alarm explains another")
        func suppressedByDesign() async throws {
            try await LifeCycleRun(LifeCyclePath.suppression).run()
        }

        @Test("meets the deadlines of climb, re-alarm, on-delay and shelf, or makes up for them once it is back")
        func deadlines() async throws {
            let run = try LifeCycleRun(
                LifeCyclePath.deadlines, policies: LifeCyclePath.policies, outage: LifeCyclePath.wait)
            try await run.run()
            let armed = try #require(run.states.first)
            func check(_ word: String, of alarm: String, at deadline: Int64?) throws {
                let subject = "\(Site.name)/\(alarm)"
                let fired = try #require(run.log.first { $0.subject == subject && $0.word == word })
                let due = try #require(deadline)
                let error = fired.milliseconds - due
                #expect(abs(error) <= LifeCycleKillTests.tolerance, "\(word) of \(alarm) is off by \(error) ms")
            }
            func time(_ kind: String, of alarm: String, _ detail: String = "") -> Int64? {
                armed.entries.first {
                    $0.kind == kind && $0.subject == "\(Site.name)/\(alarm)" && $0.detail.hasPrefix(detail)
                }?.time
            }
            try check("due township", of: "CL-1/H", at: time("task", of: "CL-1/H", "township"))
            try check("realarmed", of: "RA-1/H", at: time("alarm", of: "RA-1/H"))
            try check("unshelved", of: "SE-1/H", at: time("shelf", of: "SE-1/H"))
            try check("raised", of: "OD-1/H", at: time("on-delay", of: "OD-1/H").map { $0 + LifeCyclePath.wait })
        }
    }
}
