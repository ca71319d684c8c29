import Rehearsal
import Testing

@Suite("A rule test that does not hold")
struct RuleTestFailureTests {
    private static func failure(_ steps: String, point: String = "{point: LT-1, kind: level, H: 9}") throws
        -> RuleTestFailure?
    {
        RuleTestRun.failure(of: try RuleTestText.read(RuleTestText.level(steps, point: point)))
    }

    @Test("names the line of what did not come, what came instead, and what happened until then")
    func missing() throws {
        let found = try #require(
            try RuleTestFailureTests.failure(
                """
                  - {at: 0s, LT-1: 8}
                  - {at: 5s, LT-1: 9.5}
                  - at: 10s
                    expect:
                      - LT-1/H raised critical
                """))
        #expect(found.file.hasSuffix("a.test.yaml"))
        #expect(found.line == 9)
        #expect(
            found.differences == [
                "missing:    LT-1/H raised critical", "unexpected: LT-1/H raised medium value=9.5 at 5s",
            ])
        #expect(found.story.contains("5s  LT-1 = 9.5"))
        #expect("\(found)".contains("a.test.yaml:9: not as expected by 10s"))
    }

    @Test(
        "is found however the expectation is broken",
        arguments: [
            "- {at: 1s, LT-1: 9.5, expect: nothing}",
            "- {at: 1s, LT-1: 9.5}",
            "- {at: 1s, LT-1: 9.5, expect: LT-1/H raised at 2s}",
            "- {at: 1s, LT-1: 9.5, expect: LT-1/H raised value=9.4}",
            "- {at: 1s, LT-1: 9.5, expect: LT-1/H raised cause=status}",
            "- {at: 1s, LT-1: 9.5, expect: LT-1/H returned}",
            "- {at: 1s, LT-1: 9.5, expect: [LT-1/H raised, LT-1/H raised]}",
            "- {at: 1s, LT-1: 8, expect: LT-1/H raised}",
            "- {at: 1s, LT-1: 9.5, expect: \"LT-1/H raised, returned\"}",
            "- {at: 1s, LT-1: 9.5, expect: LT-1/H raised, standing: nothing}",
            "- {at: 1s, LT-1: 9.5, expect: LT-1/H raised, standing: {LT-1/H: acknowledged}}",
            "- {at: 1s, LT-1: 9.5, expect: LT-1/H raised, standing: {LT-1/H: unacknowledged critical}}",
            "- {at: 1s, LT-1: 9.5, expect: LT-1/H raised, standing: {LT-1/H: unacknowledged shelved}}",
            "- {at: 1s, LT-1: 9.5, expect: LT-1/H raised, standing: {LT-1/H: unacknowledged, LT-1/BAD: acknowledged}}",
            "- {at: 1s, LT-1: 9.5, expect: LT-1/H raised, counts: {stored: 2}}",
            "- {at: 1s, LT-1: 9.5, expect: LT-1/H raised, reset: LT-1/H}",
            "- {at: 1s, LT-1: 8, acknowledge: LT-1/H}",
            "- {at: 1s, LT-1: 9.5, confirm: LT-1/H, expect: [LT-1/H raised, LT-1/H confirmed]}",
            "- {at: 1s, LT-1: 9.5, shelve: {alarm: LT-1/H, for: 1h}, expect: [LT-1/H raised, LT-1/H shelved]}",
            "- {at: 1s, LT-1: 9.5, unshelve: LT-1/H, expect: LT-1/H raised}",
            "- {at: 1s, LT-1: 9.5, acknowledge: {alarm: LT-1/H, refused: true}, ignore: x, expect: [LT-1/H raised]}",
        ].map { $0.replacing(", ignore: x", with: "") })
    func found(step: String) throws {
        #expect(try RuleTestFailureTests.failure("  " + step) != nil)
    }

    @Test("is not what the file says it does not care about, or what comes in another order of different alarms")
    func tolerated() throws {
        let text = RuleTestText.level(
            "  - {at: 1s, LT-1: 9.5}\n  - {at: 2s, LT-1: 8}\n  - expect: LT-1/H returned\n")
        #expect(RuleTestRun.failure(of: try RuleTestText.read(text)) != nil)
        #expect(RuleTestRun.failure(of: try RuleTestText.read("ignore: raised\n" + text)) == nil)
        let two = RuleTestText.level(
            "  - {at: 1s, LT-1: 9.8, expect: [LT-1/H raised, LT-1/HH raised]}\n"
                + "  - {at: 2s, LT-1: 9.8, expect: nothing}\n", point: "{point: LT-1, H: 9, HH: 9.5}")
        #expect(RuleTestRun.failure(of: try RuleTestText.read(two)) == nil)
        let other = two.replacing("[LT-1/H raised, LT-1/HH raised]", with: "[LT-1/HH raised, LT-1/H raised]")
        #expect(RuleTestRun.failure(of: try RuleTestText.read(other)) == nil)
    }

    @Test("demands the order of one alarm's events")
    func order() throws {
        let steps = "  - {at: 1s, LT-1: 9.5}\n  - {at: 2s, LT-1: 8}\n"
        #expect(try RuleTestFailureTests.failure(steps + "  - expect: [LT-1/H raised, LT-1/H returned]") == nil)
        #expect(try RuleTestFailureTests.failure(steps + "  - expect: [LT-1/H returned, LT-1/H raised]") != nil)
    }
}
