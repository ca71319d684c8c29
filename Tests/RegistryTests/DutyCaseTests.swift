import Foundation
import Registry
import Testing

/// `Tests/Cases/duty`: a roster, instants, and who is on duty then.
@Suite("Duty cases")
struct DutyCaseTests {
    private static let folder = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Cases/duty")

    private static let names: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))) ?? []
        return names.filter { !$0.hasPrefix(".") && !$0.hasSuffix(".md") }.sorted()
    }()

    @Test("there are cases")
    func some() {
        #expect(DutyCaseTests.names.count >= 10)
    }

    @Test("the people on duty are those expected", arguments: DutyCaseTests.names)
    func onDuty(name: String) throws {
        let folder = DutyCaseTests.folder.appending(path: name)
        let plan = try RosterFixture.plan(
            try String(contentsOf: folder.appending(path: "policies.yaml"), encoding: .utf8))
        let table = try String(contentsOf: folder.appending(path: "expected.csv"), encoding: .utf8)
        var checked = 0
        for (number, line) in table.split(separator: "\n").enumerated() where number > 0 && !line.hasPrefix("#") {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            try #require(cells.count == 4, "\(line)")
            let roster = try #require(plan.rosters[cells[1]], "\(line)")
            let instant = try #require(DutyCaseTests.milliseconds(cells[0]), "\(line)")
            let people = roster.onDuty(at: instant).map(DutyCaseTests.words).joined(separator: " ")
            #expect(people == cells[2], "\(line)")
            let change = roster.nextChange(after: instant)
            #expect(change == (cells[3] == "never" ? nil : DutyCaseTests.milliseconds(cells[3])), "\(line)")
            checked += 1
        }
        #expect(checked > 1)
    }

    /// `night:li`, or `night:zhao(li)` where zhao stands in for li.
    private static func words(_ person: DutyPerson) -> String {
        person.shift + ":" + person.key + (person.insteadOf.map { "(\($0))" } ?? "")
    }

    private static func milliseconds(_ text: String) -> Int64? {
        guard let date = ISO8601DateFormatter().date(from: text) else { return nil }
        return Int64(date.timeIntervalSince1970 * 1_000)
    }
}
