import Registry
import Testing

@Suite("What changed in a configuration")
struct ConfigurationDiffTests {
    private static let settings = "node: n1\nbroker: {urls: [\"mqtt://a\"]}\nregistry: sites\n"
    private static let site =
        "site: shengli\npolicy: default\ngateways:\n  - {gateway: gw1, silence_s: 60}\n  - {gateway: gw2}\n"
        + "points_file: points.csv\n"
    private static let points = "point,gateway,tag,H,HH\nLT-1,gw1,T1,9,9.5\nLT-2,gw1,T2,9,\n\"LT-3\",gw1,T3,9,\n"

    private static func files(
        settings: String = ConfigurationDiffTests.settings, site: String = ConfigurationDiffTests.site,
        points: String = ConfigurationDiffTests.points, policies: String? = nil
    ) -> ConfigurationFiles {
        var files = ConfigurationFiles()
        files.add(name: "hazardd.yaml", bytes: Array(settings.utf8))
        if let policies { files.add(name: "policies.yaml", bytes: Array(policies.utf8)) }
        files.add(name: "sites/shengli.yaml", bytes: Array(site.utf8))
        files.add(name: "sites/points.csv", bytes: Array(points.utf8))
        return files
    }

    private static func diff(_ after: ConfigurationFiles) -> ConfigurationDiff {
        ConfigurationDiff(from: files(), to: after)
    }

    @Test("is told of points by their cells")
    func points() {
        let diff = ConfigurationDiffTests.diff(
            ConfigurationDiffTests.files(
                points: "point,gateway,tag,H,HH\nLT-1,gw1,T1,8.5,\n\"LT-3\",gw1,T3,9,\nLT-4,gw1,T4,7,\n"))
        #expect([diff.pointsAdded, diff.pointsRemoved, diff.pointsChanged, diff.otherChanges] == [1, 1, 1, 0])
        #expect(
            diff.lines == [
                "shengli/LT-4: added, gateway gw1, tag T4, H 7", "shengli/LT-2: removed",
                "shengli/LT-1: H 9 → 8.5, HH 9.5 → not set",
            ])
    }

    @Test("is nothing where columns or rows stand in another order, or quotes come or go")
    func form() {
        let moved = "point,tag,gateway,HH,H\nLT-3,T3,gw1,,9\nLT-2,T2,gw1,,9\n\"LT-1\",\"T1\",gw1,9.5,9\n"
        #expect(ConfigurationDiffTests.diff(ConfigurationDiffTests.files(points: moved)).count == 0)
    }

    @Test("is told of a new column")
    func column() {
        let points = "point,gateway,tag,H,HH,deadband\nLT-1,gw1,T1,9,9.5,0.2\nLT-2,gw1,T2,9,,\nLT-3,gw1,T3,9,,\n"
        let diff = ConfigurationDiffTests.diff(ConfigurationDiffTests.files(points: points))
        #expect(diff.lines == ["shengli/LT-1: deadband not set → 0.2"])
    }

    @Test("is told of everything else by its path")
    func documents() {
        let diff = ConfigurationDiffTests.diff(
            ConfigurationDiffTests.files(
                settings: ConfigurationDiffTests.settings.replacing("mqtt://a", with: "mqtt://b")
                    + "clock: {lag_limit_s: 5}\n",
                site: ConfigurationDiffTests.site.replacing("default", with: "strict").replacing("60", with: "30"),
                policies: "policies: {}\n"))
        #expect(
            diff.lines == [
                "hazardd.yaml: broker.urls: [mqtt://a] → [mqtt://b]",
                "hazardd.yaml: clock.lag_limit_s: not set → 5",
                "policies.yaml: added",
                "sites/shengli.yaml: policy: default → strict",
                "sites/shengli.yaml: gateways[gw1].silence_s: 60 → 30",
            ])
        #expect(diff.otherChanges == 5)
    }

    @Test("is a remark where only comments did")
    func comments() {
        let diff = ConfigurationDiffTests.diff(
            ConfigurationDiffTests.files(site: "# seen by li\n" + ConfigurationDiffTests.site))
        #expect(diff.lines == ["sites/shengli.yaml: comments or form"])
    }

    @Test("is bounded in its lines and whole in its numbers")
    func bounded() {
        let rows = (0..<2_000).map { "P\($0),gw1,T\($0),9," }.joined(separator: "\n")
        let diff = ConfigurationDiffTests.diff(
            ConfigurationDiffTests.files(points: "point,gateway,tag,H,HH\n\(rows)\n"))
        #expect(diff.pointsAdded == 2_000)
        #expect(diff.lines.count == ConfigurationDiff.bound)
        #expect(diff.untold == 2_003 - ConfigurationDiff.bound)
    }

    @Test("is nothing from a configuration to itself")
    func same() {
        #expect(ConfigurationDiffTests.diff(ConfigurationDiffTests.files()).count == 0)
    }
}
