import Daemon
import Registry
import Settings
import TestKit
import Testing

@Suite("A configuration read again while the daemon runs")
struct ReloadedConfigurationTests {
    private static func load(_ folder: TemporaryFolder, node: String) throws -> Configuration {
        try folder.write(
            "node: \(node)\nbroker: {urls: [mqtt://h]}\nregistry: sites\npolicies: policies.yaml\n", to: "hazardd.yaml")
        return try Configuration.load(settingsFile: folder.file("hazardd.yaml"), environment: [:])
    }

    @Test("keeps of the running one what can change at a start only, and nothing else of its own is lost")
    func keeping() throws {
        let folder = try TemporaryFolder("reload")
        try folder.write("site: shengli\npoints_file: points.csv\n", to: "sites/shengli.yaml")
        try folder.write("point,gateway,tag\nP,g,t\n", to: "sites/points.csv")
        try folder.write(
            """
            policies: {}
            special_periods:
              congress: {from: "2026-10-01T00:00:00+08:00", to: "2026-10-08T00:00:00+08:00"}
            """, to: "policies.yaml")
        let running = try ReloadedConfigurationTests.load(folder, node: "first")
        let fresh = try ReloadedConfigurationTests.load(folder, node: "second")
        let adopted = fresh.keeping(running.settings)
        #expect(adopted.settings.node == "first")
        #expect(adopted.specialPeriods.map(\.name) == ["congress"])
        #expect(adopted.duty == fresh.duty && adopted.policies == fresh.policies)
        #expect(adopted.registry == fresh.registry && adopted.fingerprint == fresh.fingerprint)
    }
}
