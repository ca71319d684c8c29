import Rehearsal
import Settings
import TestKit
import Testing

@Suite("A file that is no rule test")
struct RuleTestFaultTests {
    @Test(
        "is refused with the line and what would be valid",
        arguments: [
            (
                "  - {at: 1s, LT-2: 5}",
                "5: steps[0].LT-2 is neither a point nor a word of a step; valid: a point (LT-1)"
            ),
            ("  - {at: 1 s}", "5: steps[0].at is \"1 s\"; valid: a length of time"),
            ("  - {at: 2s}\n  - {at: 1s}", "6: steps[1] is at 1s, before the step above it ends; valid: 2s or later"),
            ("  - {at: 1s, after: 1s}", "5: steps[0] says more than once when it is"),
            ("  - {from: 1s, LT-1: 5}", "5: steps[0] is a series without `to` or `every`"),
            ("  - {at: 1s, LT-1: high}", "5: steps[0].LT-1 is \"high\"; valid: a number"),
            (
                "  - {at: 1s, LT-1: {v: 5, q: 256}}",
                "5: steps[0].LT-1.q is \"256\"; valid: a whole number from 0 to 255"
            ),
            ("  - {at: 1s, expect: LT-1/X raised}", "5: steps[0].expect says \"LT-1/X\" is no alarm"),
            ("  - {at: 1s, expect: LT-1/HH raised}", "5: steps[0].expect says \"LT-1/HH\" has no limit HH"),
            ("  - {at: 1s, expect: LT-9/H raised}", "names nothing that the rules know; valid: LT-1, gw1"),
            ("  - {at: 1s, expect: LT-1/H rised}", "\"rised\", which is no kind of event; valid: raised"),
            ("  - {at: 1s, expect: LT-1/H raised soon}", "says \"soon\" in \"LT-1/H raised soon\""),
            ("  - {at: 1s, expect: mayor told of LT-1/H}", "\"mayor\", which is no tier"),
            ("  - {at: 1s, expect: gw2 offline}", "\"gw2\", which is no gateway; valid: gw1"),
            ("  - {at: 1s, standing: {LT-1/H: seen}}", "5: steps[0].standing.LT-1/H says \"seen\""),
            ("  - {at: 1s, counts: {lost: 1}}", "5: steps[0].counts.lost is no count; valid: received"),
            ("  - {at: 1s, acknowledge: {alarm: LT-1/H, who: li}}", "who is an unknown key"),
            (
                "  - {at: 1s, acknowledge: {alarm: LT-1/H, for: 1h}}",
                "5: steps[0].acknowledge.for stands beside acknowledge; valid: a length of time above 0s"
            ),
            ("  - {at: 1s, shelve: {alarm: LT-1/H, for: 0s}}", "5: steps[0].shelve.for stands beside shelve"),
            ("  - {at: 1s, gateway: asleep}", "5: steps[0].gateway is \"asleep\"; valid: online, offline, silent"),
            ("  - {at: 1s, reload: {points: {LT-1: {HHH: 4}}}}", "HHH is no column"),
            ("  - {at: 1s, reload: {points: {LT-7: }}}", "is removed, but there is no such point; valid: LT-1"),
        ])
    func steps(steps: String, fault: String) throws {
        let faults = try RuleTestText.faults(RuleTestText.level(steps))
        #expect(faults.count == 1, "\(faults)")
        #expect(faults.first?.contains(fault) == true, "\(faults)")
    }

    @Test("is refused with the row's own line where its points are wrong")
    func points() throws {
        let faults = try RuleTestText.faults(
            "name: n\npoints:\n  - {point: A, H: 9}\n  - {point: B, H: 9, L: 10}\n  - {point: A}\n"
                + "  - {point: C, tag: A}\n"
                + "steps: []\n")
        #expect(faults.count == 3, "\(faults)")
        #expect(faults.first?.hasPrefix("4: points[1]: column L: 10.0 is not below H 9.0") == true, "\(faults)")
        #expect(faults.contains("5: points[2]: point \"A\" stands in line 3 too; valid: each point once"), "\(faults)")
        #expect(faults.last?.contains("a.test.yaml:3; valid: one point a tag") == true, "\(faults)")
    }

    @Test("lists all its faults at once")
    func all() throws {
        let faults = try RuleTestText.faults(
            RuleTestText.level("  - {at: x, LT-1: y}\n  - {expect: LT-1/H gone}\n"))
        #expect(faults.map { $0.prefix(2) } == ["5:", "5:", "6:"])
    }

    @Test("needs a name, steps and rules")
    func header() throws {
        #expect(try RuleTestText.faults("points: [{point: A}]\nsteps: []\n").first?.contains("name is missing") == true)
        #expect(try RuleTestText.faults("name: n\npoints: [{point: A}]\n").first?.contains("steps is missing") == true)
        #expect(try RuleTestText.faults("name: n\nsteps: []\n") == ["0: the test names no rules"])
        #expect(
            try RuleTestText.faults("name: n\nsites: x\npoints: [{point: A}]\nsteps: []\n").first?
                .contains("2: sites is an unknown key; valid: name") == true)
    }
}
