import Broker
import Foundation
import TestKit
import Testing

extension Spine {
    @Suite("The story of an escalation")
    struct EscalationStoryTests {
        private struct Told: Decodable {
            struct Recipient: Decodable {
                let name: String
                let phone: String?
                let duty: String
            }

            let at: Int64
            let tier: String
            let announcement: Int
            let passedOver: Bool
            let recipients: [Recipient]?
            let reason: String?
        }

        private struct Simulation: Decodable {
            let subject: String
            let priority: String
            let grade: Int?
            let policy: String
            let raisedAt: Int64
            let steps: [Told]
        }

        private struct Explanation: Decodable {
            struct Step: Decodable {
                let kind: String
                let tier: String?
                let actor: String?
                let comment: String?
                let recipients: [Told.Recipient]?
            }

            let subject: String
            let events: [Step]
            let stoppedBy: Step?
            let steps: [Told]
        }

        private static let policies = """
            people: {li: {name: 李, phone: "0546-9"}}
            rosters:
              empty: {shifts: [{name: old, from: "08:00", to: "20:00", people: [li], days: [mon]}], holidays: [{name: ever, from: 1990-01-01, to: 2199-12-31, shifts: []}]}
              full: {shifts: [{name: always, from: "00:00", to: "00:00", people: [li]}]}
            policies:
              default:
                tiers: [enterprise, township, county, city]
                climb: {critical: [0s, 1h, 2h, 3h]}
                grades: {3: {critical: [0s, 5m, 30m, 40m]}}
                notify: {enterprise: [operational, deputies], township: [{roster: empty}], county: [{roster: full}]}
                repeat: 0s

            """

        private static func deployment() throws -> Deployment {
            var site = Site(
                [PointRow("LT-1", ["H": "8", "HH": "9", "source": "TF-1", "priority": "HH=critical"])],
                policies: policies)
            site.siteLines = [
                "responsible: {operational: {name: 王五, phone: \"0546-3\", deputy: {name: 赵六}}}",
                "hazard_sources:", "  - source: TF-1", "    residents_within_500m: 60", "    substances:",
                "      - {name: 液氨, quantity_t: 40}",
            ]
            return try Deployment(site)
        }

        private static func read<Answer: Decodable>(_ output: CommandOutput) throws -> Answer {
            #expect(output.code == 0, "\(output)")
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            return try decoder.decode(Answer.self, from: Data(output.text.utf8))
        }

        private static func lines(_ steps: [Told], from start: Int64) -> [String] {
            steps.map { step in
                let who = step.recipients.map { $0.map { "\($0.name) \($0.phone ?? "-")" }.joined(separator: ", ") }
                let minutes = (step.at - start) / 60_000
                return "\(minutes) \(step.tier) \(step.passedOver ? "passed over" : who ?? "unnamed")"
            }
        }

        @Test("is told before it happens, from the files alone, and leaves no trace")
        func simulate() throws {
            let deployment = try EscalationStoryTests.deployment()
            let simulation: Simulation = try EscalationStoryTests.read(
                deployment.hazardctl(
                    "escalations", "simulate", "shengli/LT-1", "HH", "--at", "2026-10-01T08:00:00Z", "--for", "2h",
                    "--format", "json"))
            #expect(simulation.subject == "shengli/LT-1/HH" && simulation.priority == "critical")
            #expect(simulation.grade == 3 && simulation.policy == "default")
            #expect(
                EscalationStoryTests.lines(simulation.steps, from: simulation.raisedAt) == [
                    "0 enterprise 王五 0546-3, 赵六 -", "5 township passed over", "5 county 李 0546-9", "40 city unnamed",
                ])
            #expect(simulation.steps[1].reason == "nobody is on duty by roster empty")
            let table = try deployment.hazardctl("escalations", "simulate", "LT-1", "HH", "--for", "1h")
            #expect(table.code == 0, "\(table)")
            #expect(table.text.contains("hazard source TF-1 of grade 3; stopped by acknowledged"), "\(table)")
            #expect(table.text.contains("王五 0546-3 (operational), 赵六 (deputy of operational)"), "\(table)")
            #expect(table.text.contains("passed over: nobody is on duty by roster empty"), "\(table)")
            #expect(table.text.contains("李 0546-9 (roster full, always)"), "\(table)")
            #expect(!FileManager.default.fileExists(atPath: deployment.stateFolder))
        }

        @Test("cannot be told of what there is not")
        func unknown() throws {
            let deployment = try EscalationStoryTests.deployment()
            let point = try deployment.hazardctl("escalations", "simulate", "shengli/XX", "HH")
            #expect(point.code == 1 && point.errors.contains("no one point is shengli/XX"), "\(point)")
            let condition = try deployment.hazardctl("escalations", "simulate", "shengli/LT-1", "LL")
            #expect(condition.code == 1 && condition.errors.contains("valid: HH, H"), "\(condition)")
            let episode = try deployment.hazardctl("escalations", "explain", "shengli")
            #expect(episode.code != 0, "\(episode)")
        }

        @Test("is told while it goes on and after it has ended: who was told, what comes next, why it stopped")
        func explain() async throws {
            let deployment = try EscalationStoryTests.deployment()
            try await deployment.start()
            let gateway = try deployment.publisher()
            try gateway.scan(at: Spine.now, ["LT-1": 9.5])
            try gateway.settle()
            try await deployment.until("the enterprise is told") {
                try deployment.events().contains { $0.type == "hazard.escalation.due.v1" }
            }
            let going: Explanation = try EscalationStoryTests.read(
                deployment.hazardctl("escalations", "explain", "shengli/LT-1/HH", "--for", "2h", "--format", "json"))
            #expect(going.events.map(\.kind) == ["raised", "due"] && going.stoppedBy == nil)
            #expect(going.events[1].recipients?.map(\.name) == ["王五", "赵六"])
            #expect(going.steps.map(\.tier) == ["township", "county", "city"])
            #expect(going.steps.map(\.passedOver) == [true, false, false])
            let episode = try #require(try deployment.alarm("LT-1/HH")?.episode)
            let acknowledged = try deployment.hazardctl("acknowledge", episode, "--comment", "on my way")
            #expect(acknowledged.code == 0, "\(acknowledged)")
            let ended: Explanation = try EscalationStoryTests.read(
                deployment.hazardctl("escalations", "explain", episode, "--format", "json"))
            #expect(ended.stoppedBy?.kind == "acknowledged" && ended.stoppedBy?.comment == "on my way")
            #expect(ended.steps.isEmpty)
            #expect(deployment.terminate() == 0)
            let table = try deployment.hazardctl("escalations", "explain", episode)
            #expect(table.code == 0 && table.text.contains("acknowledged by "), "\(table)")
            #expect(table.text.contains("王五 (operational), 赵六 (deputy of operational)"), "\(table)")
            #expect(table.text.contains("it climbs anew from"), "\(table)")
        }
    }
}
