import Foundation
import Registry
import Telemetry
import Testing

@Suite("Substances of a hazard source")
struct SubstanceTests {
    @Test(
        "that lack a figure, or give one against the profile, are refused by their key",
        arguments: [
            (
                "name: ozone", "name",
                "is \"ozone\", which standards-2026 does not have; valid: a name of its table, or "
                    + "beside it critical_t in tonnes and beta, or a class of J1, J2"
            ),
            (
                "name: ozone, critical_t: 5", "name",
                "is \"ozone\", which standards-2026 does not have; valid: a name of its "
                    + "table, or beside it beta, or a class"
            ),
            (
                "name: ozone, class: J1", "name",
                "is \"ozone\", which standards-2026 does not have; valid: a name of its "
                    + "table, or beside it critical_t in tonnes"
            ),
            ("name: 氢气", "name", "is \"氢气\", for which standards-2026 has no β; valid: beside it beta, or a class"),
            (
                "name: HCN", "name",
                "is \"HCN\", for which standards-2026 has no critical quantity; valid: beside it "
                    + "critical_t in tonnes"
            ),
            (
                "name: ammonia, critical_t: 100", "critical_t",
                "is 100, but the standards profile has 10 (GB 18218-2018, "
                    + "from a secondary copy); valid: leave it out"
            ),
            ("name: ammonia, beta: 1", "beta", "is 1, but the standards profile has 2 "),
            ("name: ammonia, class: J3", "class", "is J3, and ammonia by the table has a β already; valid: one of"),
            ("name: ozone, critical_t: 5, class: J3, beta: 1", "class", "is J3, and this entry has a β already"),
            (
                "name: ozone, critical_t: 5, class: W6", "class",
                "is \"W6\", a class that standards-2026 does not have; "
                    + "valid: J1, J2, J3, J4, J5, W1.x, W2"
            ),
            ("name: ozone, critical_t: x, beta: 2", "critical_t", "is \"x\"; valid: a number from"),
            ("name: ozone, critical_t: 5, beta: x", "beta", "is \"x\"; valid: a number from"),
            ("name: ammonia, formula: NH3", "formula", "is an unknown key; valid: name, quantity_t, critical_t"),
        ])
    func refused(entry: String, key: String, what: String) throws {
        let fixture = try RegistryFixture.hazardSource(
            "residents_within_500m: 1\nsubstances:\n  - {quantity_t: 40, \(entry)}")
        let faults = fixture.faults()
        #expect(faults.count == 1, "\(faults)")
        let start = "sites/shengli.yaml:7: hazard_sources[0].substances[0].\(key) \(what)"
        #expect(faults.first?.hasPrefix(start) == true, "\(faults)")
    }

    @Test("may repeat the profile's own figures, and add those it lacks")
    func accepted() throws {
        for entry in [
            "name: ammonia, critical_t: 10, beta: 2", "name: HCN, critical_t: 20", "name: hydrogen, class: W2",
            "name: hydrogen, beta: 1.5", "name: ozone, critical_t: 20, class: W1.3",
        ] {
            let fixture = try RegistryFixture.hazardSource("substances:\n  - {quantity_t: 40, \(entry)}")
            #expect(fixture.faults() == [], "\(entry)")
        }
    }

    private static let points = """
        point,gateway,tag,unit,H
        QI-1,gw1,q1,t,
        QI-2,gw1,q2,t,
        LT-1,gw1,l1,m,
        XI-1,gw1,x1,,
        BAD-1,gw1,b1,t,x

        """

    @Test("measured by points of their site give the registry what the live quantities are held against")
    func quantityPoints() throws {
        let fixture = try RegistryFixture.hazardSource(
            """
            substances:
              - {name: ammonia, quantity_t: 40, quantity_point: QI-2}
              - {name: chlorine, quantity_t: 3}
              - {name: chlorine, quantity_t: 5, quantity_point: QI-1}
            """)
        try fixture.write("site: east\npoints_file: east.csv\n", to: "sites/east.yaml")
        try fixture.write("point,gateway,tag,unit\nQI-2,gw2,q2,t\n", to: "sites/east.csv")
        try fixture.write(
            SubstanceTests.points.replacingOccurrences(of: "b1,t,x", with: "b1,t,"), to: "sites/points.csv")
        let registry = try fixture.load().registry
        #expect(registry.sites.map(\.name) == ["east", "shengli"])
        #expect(
            registry.inventoryLimits == [
                InventoryLimit(site: 1, source: "TF-1", substance: "ammonia", point: PointIndex(2), maximum: 40),
                InventoryLimit(site: 1, source: "TF-1", substance: "chlorine", point: PointIndex(1), maximum: 5),
            ])
        #expect(registry.identifier(of: registry.inventoryLimits[0].point) == "shengli/QI-2")
    }

    @Test(
        "are refused a quantity point that is not there, is not in t, or measures another",
        arguments: [
            ("QI-9", "is \"QI-9\", which is no point of this site's list; valid: the name of a point in t"),
            ("QI-3", "is \"QI-3\", which is no point of this site's list"),
            ("LT-1", "is \"LT-1\", whose unit is \"m\"; valid: a point whose unit is t"),
            ("XI-1", "is \"XI-1\", whose unit is empty; valid: a point whose unit is t"),
            ("QI-1", "is \"QI-1\", which measures another substance in line 6; valid: a point of its own"),
        ])
    func wrongQuantityPoint(point: String, what: String) throws {
        let fixture = try RegistryFixture.hazardSource(
            """
            substances:
              - {name: ammonia, quantity_t: 40, quantity_point: QI-1}
              - {name: chlorine, quantity_t: 3, quantity_point: \(point)}
            """)
        try fixture.write("site: east\npoints_file: east.csv\n", to: "sites/east.yaml")
        try fixture.write("point,gateway,tag,unit\nQI-3,gw2,q2,t\n", to: "sites/east.csv")
        try fixture.write(
            SubstanceTests.points.replacingOccurrences(of: "b1,t,x", with: "b1,t,"), to: "sites/points.csv")
        let faults = fixture.faults()
        #expect(faults.count == 1, "\(faults)")
        let start = "sites/shengli.yaml:7: hazard_sources[0].substances[1].quantity_point \(what)"
        #expect(faults.first?.hasPrefix(start) == true, "\(faults)")
    }

    @Test("are not blamed for a quantity point whose row is refused, or whose list cannot be read")
    func quantityPointOfRefusedRow() throws {
        let fixture = try RegistryFixture.hazardSource(
            "substances:\n  - {name: ammonia, quantity_t: 40, quantity_point: BAD-1}")
        try fixture.write(SubstanceTests.points, to: "sites/points.csv")
        #expect(fixture.faults().map { $0.prefix(28) } == ["sites/points.csv:6: column H"])
        try fixture.write(
            "site: shengli\npoints_file: none.csv\nhazard_sources:\n  - source: TF-1\n    substances: "
                + "[{name: ammonia, quantity_t: 40, quantity_point: QI-1}]",
            to: "sites/shengli.yaml")
        #expect(fixture.faults().count == 1)
        try fixture.write(
            "site: shengli\nhazard_sources:\n  - source: TF-1\n    substances: "
                + "[{name: ammonia, quantity_t: 40, quantity_point: QI-1}]",
            to: "sites/shengli.yaml")
        #expect(
            fixture.faults().first?.hasPrefix(
                "sites/shengli.yaml:4: hazard_sources[0].substances[0].quantity_point is \"QI-1\", which is no point")
                == true)
    }
}
