import Registry
import Testing

@Suite("A wrong roster")
struct RosterFaultTests {
    /// A file with one roster, whose keys stand in lines of their own from line 4 on.
    private static func file(_ keys: String...) -> String {
        (["people: {li: {name: 李}, wang: {name: 王}, zhao: {name: 赵}}", "rosters:", "  r:"] + keys.map { "    " + $0 })
            .joined(separator: "\n")
    }

    private static let day = "shifts: [{name: day, from: \"08:00\", to: \"20:00\", people: [li, wang]}]"

    @Test("that is right is not refused")
    func right() throws {
        #expect(try RosterFixture.faults(RosterFaultTests.file(RosterFaultTests.day)).isEmpty)
    }

    @Test(
        "has its shifts refused by the key's name",
        arguments: [
            ("[]", "shifts is an empty list"), ("{}", "shifts is a mapping"), ("[{}]", "shifts[0].name is missing"),
            ("[{name: d, from: 8am, to: \"20:00\", people: [li]}]", "shifts[0].from is \"8am\""),
            ("[{name: d, from: \"08:00\", to: \"24:00\", people: [li]}]", "shifts[0].to is \"24:00\""),
            ("[{name: d, from: \"08:00\", to: \"20:00\", people: []}]", "shifts[0].people is an empty list"),
            ("[{name: d, from: \"08:00\", to: \"20:00\"}]", "shifts[0].people is missing"),
            ("[{name: d, from: \"08:00\", to: \"20:00\", people: [sun]}]", "shifts[0].people[0] is \"sun\""),
            ("[{name: d, from: \"08:00\", to: \"20:00\", people: [li, li]}]", "shifts[0].people[1] repeats li"),
            (
                "[{name: d, from: \"08:00\", to: \"20:00\", people: [li], days: [noon]}]",
                "shifts[0].days[0] is \"noon\""
            ),
            (
                "[{name: d, from: \"08:00\", to: \"20:00\", people: [li], days: [mon, mon]}]",
                "shifts[0].days[1] repeats mon"
            ),
            (
                "[{name: d, from: \"08:00\", to: \"20:00\", people: [li], rotate: monthly}]",
                "shifts[0].rotate is \"monthly\""
            ),
            ("[{name: d, from: \"08:00\", to: \"20:00\", people: [li], rotate: daily}]", "shifts[0].since is missing"),
            (
                "[{name: d, from: \"08:00\", to: \"20:00\", people: [li], rotate: daily, since: 2026-02-30}]",
                "shifts[0].since is \"2026-02-30\""
            ),
            (
                "[{name: d, from: \"08:00\", to: \"20:00\", people: [li], since: 2026-02-03}]",
                "shifts[0].since has no meaning here"
            ),
            (
                "[{name: d, from: \"08:00\", to: \"20:00\", people: [li], until: never}]",
                "shifts[0].until is an unknown key"
            ),
        ])
    func shifts(list: String, beginning: String) throws {
        try expect(RosterFaultTests.file("shifts: " + list), line: 4, "policies.yaml:4: rosters.r." + beginning)
    }

    @Test("has a shift written twice refused")
    func repeatedShift() throws {
        let shift = "{name: day, from: \"08:00\", to: \"20:00\", people: [li]}"
        try expect(
            RosterFaultTests.file("shifts: [\(shift), \(shift)]"), line: 4,
            "policies.yaml:4: rosters.r.shifts[1].name repeats the shift \"day\"")
    }

    @Test(
        "has its holidays refused by the key's name",
        arguments: [
            ("[{date: 2026-10-01, as: sun}]", "holidays[0].name is missing"),
            ("[{name: h, as: sun}]", "holidays[0].from is missing"),
            ("[{name: h, date: 2026-10-01, to: 2026-10-02, as: sun}]", "holidays[0].to stands beside date"),
            ("[{name: h, from: 2026-10-02, to: 2026-10-01, as: sun}]", "holidays[0].to is before from"),
            ("[{name: h, date: 1 October, as: sun}]", "holidays[0].date is \"1 October\""),
            ("[{name: h, date: 2026-10-01}]", "holidays[0] does not say who is on duty"),
            ("[{name: h, date: 2026-10-01, as: holiday}]", "holidays[0].as is \"holiday\""),
            ("[{name: h, date: 2026-10-01, as: sun, shifts: []}]", "holidays[0].as stands beside shifts"),
            (
                "[{name: g, from: 2026-10-01, to: 2026-10-03, as: sun}, {name: h, date: 2026-10-03, as: sat}]",
                "holidays[1] is on 2026-10-03, as \"g\" is"
            ),
            (
                "[{name: h, date: 2026-10-01, shifts: [{name: d, from: \"08:00\", to: \"20:00\", people: [sun]}]}]",
                "holidays[0].shifts[0].people[0] is \"sun\""
            ),
        ])
    func holidays(list: String, beginning: String) throws {
        let faults = try RosterFixture.faults(RosterFaultTests.file(RosterFaultTests.day, "holidays: " + list))
        #expect(faults.first?.hasPrefix("policies.yaml:5: rosters.r." + beginning) == true, "\(faults)")
        #expect(faults.allSatisfy { $0.hasPrefix("policies.yaml:5: ") && $0.contains("; valid: ") }, "\(faults)")
    }

    @Test(
        "has its substitutions refused by the key's name",
        arguments: [
            ("from: 2026-05-01, to: 2026-05-02T08:00, person: li, by: zhao", "from is \"2026-05-01\""),
            ("from: 2026-05-01T08:00, to: 2026-05-01T08:00, person: li, by: zhao", "to is not after from"),
            (
                "from: 2026-05-01T08:00, to: 2026-05-02T08:00, person: zhao, by: li",
                "person is zhao, who is in no shift"
            ),
            ("from: 2026-05-01T08:00, to: 2026-05-02T08:00, person: li, by: li", "by is li again"),
            ("from: 2026-05-01T08:00, to: 2026-05-02T08:00, person: li, by: nobody", "by is \"nobody\""),
            ("from: 2026-05-01T08:00, to: 2026-05-02T08:00, person: li", "by is missing"),
        ])
    func substitutions(entry: String, beginning: String) throws {
        try expect(
            RosterFaultTests.file(RosterFaultTests.day, "substitutions: [{\(entry)}]"), line: 5,
            "policies.yaml:5: rosters.r.substitutions[0]." + beginning)
    }

    @Test("cannot have somebody replaced twice at a time")
    func replacedTwice() throws {
        let first = "{from: 2026-05-01T08:00, to: 2026-05-02T08:00, person: li, by: zhao}"
        let second = "{from: 2026-05-02T07:59, to: 2026-05-03T08:00, person: li, by: wang}"
        try expect(
            RosterFaultTests.file(RosterFaultTests.day, "substitutions: [\(first), \(second)]"), line: 5,
            "policies.yaml:5: rosters.r.substitutions[1].person is li, who is replaced at that time already")
    }

    @Test(
        "or a person is refused by name",
        arguments: [
            ("people: {li: {phone: 1}}", "people.li.name is missing"),
            ("people: {\"l i\": {name: 李}}", "people.l i has"),
            ("people: [li]", "people is a list"),
            ("people: {li: {name: 李, mail: x}}", "people.li.mail is an unknown key"),
            ("rosters: {\"r/1\": {}}", "rosters.r/1 has the name"), ("rosters: {r: {}}", "rosters.r.shifts is missing"),
            ("rosters: {r: {timezone: Berlin, shifts: []}}", "rosters.r.timezone is \"Berlin\""),
        ])
    func names(text: String, beginning: String) throws {
        let faults = try RosterFixture.faults(text)
        #expect(faults.contains { $0.hasPrefix("policies.yaml:1: " + beginning) }, "\(faults)")
        #expect(faults.allSatisfy { $0.contains("; valid: ") }, "\(faults)")
    }

    private func expect(_ text: String, line: Int, _ beginning: String) throws {
        let faults = try RosterFixture.faults(text)
        #expect(faults.first?.hasPrefix(beginning) == true, "\(faults)")
        #expect(faults.allSatisfy { $0.hasPrefix("policies.yaml:\(line): ") }, "\(faults)")
        #expect(faults.allSatisfy { $0.contains("; valid: ") }, "\(faults)")
    }
}
