import Alarms
import Foundation
import Testing

@Suite("The state table of schemas/alarm-states.md")
struct StateTableTests {
    /// What a cell says; nil for one that says nothing happens.
    private struct Cell: Equatable {
        let state: AlarmState
        let announced: [AlarmEventKind]
        let climbs: Bool
    }

    private struct Row {
        let state: AlarmState
        let isLatching: Bool
        let cells: [Cell?]
    }

    private static func rows() throws -> [Row] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("schemas/alarm-states.md")
        var isLatching = false
        var rows: [Row] = []
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
            if line == "## Latching" { isLatching = true }
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 8, let state = state(cells[0]) else { continue }
            rows.append(Row(state: state, isLatching: isLatching, cells: try cells.dropFirst().map { try cell($0) }))
        }
        return rows
    }

    private static func state(_ text: String) -> AlarmState? {
        AlarmState.allCases.first { "`\($0.name)`" == text }
    }

    private static func cell(_ text: String) throws -> Cell? {
        if text == "–" { return nil }
        let parts = text.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
        let words = parts[1].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        return Cell(
            state: try #require(state(parts[0]), "\(text)"),
            announced: words.compactMap { AlarmEventKind(rawValue: $0) },
            climbs: words.contains("climbs"))
    }

    @Test("has every state, latching and not, and says of every event what the machine does")
    func agrees() throws {
        let rows = try StateTableTests.rows()
        #expect(rows.count == 2 * AlarmState.allCases.count)
        #expect(Set(rows.map { [$0.state.name, "\($0.isLatching)"] }).count == rows.count)
        for row in rows {
            for (input, cell) in zip(AlarmLifeCycle.Input.allCases, row.cells) {
                var machine = AlarmMachine(state: row.state, isLatching: row.isLatching)
                let transition = AlarmLifeCycle.apply(input, to: &machine)
                let found = transition.map {
                    Cell(state: machine.state, announced: $0.announcements, climbs: $0.startsClimb)
                }
                #expect(found == cell, "\(row.state.name), latching \(row.isLatching), \(input)")
                if found == nil { #expect(machine.state == row.state) }
            }
        }
    }
}
