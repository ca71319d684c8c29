import Registry
import Telemetry
import Testing

@Suite("Faults in site files")
struct SiteFaultTests {
    @Test(
        "a wrong value is refused by the key's name",
        arguments: [
            ("name: Shengli", "name"), ("name: {de: Hof}", "name.de"), ("area: a//b", "area"), ("area: a/+", "area"),
            ("policy: night", "policy"), ("responsible: {boss: {name: x}}", "responsible.boss"),
            ("responsible: {principal: {phone: 1}}", "responsible.principal.name"),
            ("hazard_sources: [{name: {en: x}}]", "hazard_sources[0].source"),
            ("hazard_sources: [{source: a/b}]", "hazard_sources[0].source"),
            ("hazard_sources: [{source: a}, {source: a}]", "hazard_sources[1].source"),
            ("hazard_sources: [{source: a, residents_within_500m: -1}]", "hazard_sources[0].residents_within_500m"),
            ("hazard_sources: [{source: a, substances: [{name: b}]}]", "hazard_sources[0].substances[0].quantity_t"),
            ("hazard_sources: [{source: a, position: b/c}]", "hazard_sources[0].position"),
            ("hazard_sources: [{source: a, position: _node}]", "hazard_sources[0].position"),
            ("points_file: none.csv", "points_file"), ("points: none.csv", "points"),
            ("gateways: [{gateway: a+}]", "gateways[0].gateway"), ("gateways: [{silence_s: 3}]", "gateways[0].gateway"),
            ("gateways: [{gateway: a, silence_s: -1}]", "gateways[0].silence_s"),
            ("redundant: [{points: [LT-101], deviation: 1}]", "redundant[0]"),
            ("redundant: [{points: [LT-101, LT-9], deviation: 0}]", "redundant[0]"),
            ("redundant: [{points: [LT-101, LT-9]}]", "redundant[0].deviation"),
            ("redundant: [{points: [LT-101, LT-101], deviation: 1}]", "redundant[0]"),
            ("gateways: [{gateway: a, silence_s: 1}, {gateway: a, silence_s: 2}]", "gateways[1].silence_s"),
        ])
    func wrongValue(line: String, path: String) throws {
        let fixture = try RegistryFixture()
        try fixture.write("site: shengli\n" + line, to: "sites/shengli.yaml")
        let faults = fixture.faults()
        #expect(faults.count == 1, "\(faults)")
        #expect(faults.first?.hasPrefix("sites/shengli.yaml:2: \(path) ") == true, "\(faults)")
        #expect(faults.first?.contains("; valid: ") == true)
    }

    @Test("redundant points are those of the site's list, in one unit")
    func redundantPoints() throws {
        let fixture = try RegistryFixture()
        try fixture.write(
            "site: shengli\npoints_file: points.csv\nredundant: [{points: [A, B, C], deviation: 1}]",
            to: "sites/shengli.yaml")
        try fixture.write("point,gateway,tag,unit\nA,gw1,1,m\nB,gw1,2,mm\n", to: "sites/points.csv")
        #expect(fixture.faults().count == 1 && fixture.faults()[0].contains("names C, which the point list has not"))
        try fixture.write("point,gateway,tag,unit\nA,gw1,1,m\nB,gw1,2,mm\nC,gw1,3,m\n", to: "sites/points.csv")
        #expect(fixture.faults().count == 1 && fixture.faults()[0].contains("values in m and mm"))
        try fixture.write("point,gateway,tag,unit\nA,gw1,1,m\nB,gw1,2,m\nC,gw1,3,m\n", to: "sites/points.csv")
        let registry = try fixture.load().registry
        #expect(registry.redundantGroups == [RedundantGroup(points: [0, 1, 2], limit: 1, within: 10_000)])
        #expect(registry.points.allSatisfy { $0.rule(.deviation)?.limit == 1 })
    }

    @Test("a site's name must be there, proper, not reserved, and its own")
    func siteName() throws {
        for name in ["", "a b", "_node", "_gateways", "胜利"] {
            let fixture = try RegistryFixture()
            try fixture.write("site: \(name)", to: "sites/shengli.yaml")
            #expect(fixture.faults().count == 1, "\(name)")
        }
        let fixture = try RegistryFixture()
        try fixture.write("site: shengli", to: "sites/west.yml")
        let expected = "sites/west.yml:1: site is \"shengli\", which sites/shengli.yaml has too; valid: "
        #expect(fixture.faults().first?.hasPrefix(expected) == true)
    }

    @Test("a registry without any site file is refused")
    func noSite() throws {
        let fixture = try RegistryFixture()
        try fixture.write("", to: "empty/readme.txt")
        try fixture.write("node: n\nbroker: {urls: [mqtt://h]}\nregistry: empty\n", to: "hazardd.yaml")
        #expect(fixture.faults() == ["empty: the registry has no site file; valid: at least one NAME.yaml"])
    }
}
