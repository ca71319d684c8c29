import Foundation
import Simulation
import Testing

@Suite("The registry of a simulated farm")
struct FarmRegistryTests {
    @Test("names every point the world sends, on its gateway, once")
    func matchesTheWorld() throws {
        let plan = try FarmPlan(sites: 2, pointsPerSite: 13)
        var world = try World(plan, start: 0)
        let scans = try TelemetryMessage.read(world.advance(to: 0))
        let files = plan.registryFiles()
        #expect(files.map { $0.name } == ["shengli.yaml", "shengli.points.csv", "farm-2.yaml", "farm-2.points.csv"])
        for (site, scan) in scans.enumerated() {
            let rows = files[2 * site + 1].text.split(separator: "\n").map {
                $0.split(separator: ",", omittingEmptySubsequences: false)
            }
            let columns = try #require(rows.first)
            #expect(rows.allSatisfy { $0.count == columns.count })
            let tag = try #require(columns.firstIndex(of: "tag"))
            let gateway = try #require(columns.firstIndex(of: "gateway"))
            #expect(rows.dropFirst().map { String($0[tag]) }.sorted() == scan.values.keys.sorted())
            #expect(rows.dropFirst().allSatisfy { $0[gateway] == scan.gateway })
        }
    }

    @Test("of one site with 50 points is the example shipped in deploy/example")
    func isTheExample() throws {
        let root = URL(filePath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        for file in try FarmPlan().registryFiles() {
            let shipped = root.appending(path: "deploy/example/sites/\(file.name)")
            #expect(try String(contentsOf: shipped, encoding: .utf8) == file.text, "\(file.name)")
        }
    }

    @Test("refuses a plan that cannot be simulated")
    func refusals() {
        #expect(throws: SimulationFault.self) { try FarmPlan(sites: 0) }
        #expect(throws: SimulationFault.self) { try FarmPlan(pointsPerSite: 0) }
        #expect(throws: SimulationFault.self) { try FarmPlan(rate: 1_001) }
        #expect(throws: SimulationFault.self) { try FarmPlan(rate: .nan) }
        #expect(throws: SimulationFault.self) { try FarmPlan(batch: 0) }
    }
}
