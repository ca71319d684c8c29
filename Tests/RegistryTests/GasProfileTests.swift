import Registry
import Settings
import Telemetry
import Testing

@Suite("Gas profiles")
struct GasProfileTests {
    private static let columns = "kind,unit,low,high,L,H,HH,substance,profile"

    /// Limits of the only point by their conditions.
    private static func limits(_ cells: String, exposures: [String] = []) throws -> [Condition: Double] {
        let fixture = try fixture(cells, exposures)
        let point = try #require(try fixture.load().registry.points.first)
        return Dictionary(
            point.rules.filter { !$0.limit.isNaN }.map { ($0.condition, $0.limit) }, uniquingKeysWith: { $1 })
    }

    private static func faults(_ cells: String, exposures: [String] = []) throws -> [String] {
        try fixture(cells, exposures).faults()
    }

    private static func fixture(_ cells: String, _ exposures: [String]) throws -> RegistryFixture {
        let fixture = try RegistryFixture()
        try fixture.write("point,gateway,tag,\(columns)\nP-1,gw1,t1,\(cells)\n", to: "sites/points.csv")
        if !exposures.isEmpty {
            let source = "source: {document: a test, certainty: site}"
            let list = exposures.map { "\n  - {\($0), \(source)}" }.joined()
            try fixture.useStandards(replacing: "exposure: []", with: "exposure:" + list)
        }
        return fixture
    }

    @Test("fill in the set points that a row leaves empty, and only those")
    func defaults() throws {
        #expect(
            try GasProfileTests.limits("gas_combustible,%LEL,0,100,,,,,gb50493") == [.high: 25, .highHigh: 50])
        #expect(
            try GasProfileTests.limits("gas_combustible,%LEL,0,100,,10,,,gb50493") == [.high: 10, .highHigh: 50])
        #expect(
            try GasProfileTests.limits("gas_combustible,,,,,,40,,gb50493") == [.high: 25, .highHigh: 40])
        #expect(try GasProfileTests.limits("oxygen,%VOL,0,30,,,,,gb50493") == [.low: 19.5, .high: 23.5])
        #expect(
            try GasProfileTests.limits("oxygen,% vol,0,30,20,,24,,gb50493")
                == [.low: 20, .high: 23.5, .highHigh: 24])
        #expect(try GasProfileTests.limits("gas_combustible,%LEL,0,100,,,,,").isEmpty)
        let exposures = ["substance: chlorine, unit: mg/m3, oel: 0.57, idlh: 20"]
        #expect(
            try GasProfileTests.limits("gas_toxic,mg/m³,0,10,,,,液氯,gb50493", exposures: exposures)
                == [.high: 0.57, .highHigh: 1.14])
    }

    @Test(
        "accept a set point at the ceiling and within it",
        arguments: [
            "gas_combustible,%LEL,0,100,,25,50,,gb50493", "gas_combustible,%LEL,0,100,,24.999,49.999,,gb50493",
            "oxygen,%VOL,0,30,19.5,23.5,,,gb50493", "oxygen,%VOL,0,30,19.501,23.499,,,gb50493",
            "gas_toxic,mg/m3,0,10,,0.57,1.14,chlorine,gb50493", "gas_toxic,mg/m3,0,10,,0.569,1.139,chlorine,gb50493",
            "gas_toxic,mg/m3,0.57,10,,1,2,chlorine,gb50493", "gas_toxic,mg/m3,0.569,10,,0.57,1.14,chlorine,gb50493",
        ])
    func within(cells: String) throws {
        let exposures = ["substance: chlorine, unit: mg/m3, oel: 0.57, idlh: 20"]
        #expect(try GasProfileTests.faults(cells, exposures: exposures) == [])
    }

    @Test(
        "refuse a set point just beyond the ceiling, with its clause and what would be valid",
        arguments: [
            ("gas_combustible,%LEL,0,100,,25.001,50,,gb50493", "H", "25.001", "at most 25 %LEL", "at most 25"),
            ("gas_combustible,%LEL,0,100,,25,50.001,,gb50493", "HH", "50.001", "at most 50 %LEL", "at most 50"),
            ("oxygen,%VOL,0,30,19.499,23.5,,,gb50493", "L", "19.499", "at least 19.5 %VOL", "at least 19.5"),
            ("oxygen,%VOL,0,30,19.5,23.501,,,gb50493", "H", "23.501", "at most 23.5 %VOL", "at most 23.5"),
            (
                "gas_toxic,mg/m3,0,10,,0.571,1.14,Chlorine,gb50493", "H", "0.571",
                "at most 0.57 mg/m3, which is 100 % OEL of chlorine by a test", "at most 0.57"
            ),
            (
                "gas_toxic,mg/m3,0,10,,0.57,1.141,氯,gb50493", "HH", "1.141",
                "at most 1.14 mg/m3, which is 200 % OEL of chlorine by a test", "at most 1.14"
            ),
            (
                "gas_toxic,mg/m3,0.57,10,,1.001,2,chlorine,gb50493", "H", "1.001",
                "at most 1 mg/m3, which is 5 % IDLH of chlorine by a test", "at most 1"
            ),
            (
                "gas_toxic,mg/m3,0.57,10,,1,2.001,chlorine,gb50493", "HH", "2.001",
                "at most 2 mg/m3, which is 10 % IDLH of chlorine by a test", "at most 2"
            ),
        ])
    func beyond(cells: String, column: String, value: String, bound: String, valid: String) throws {
        let faults = try GasProfileTests.faults(
            cells, exposures: ["substance: chlorine, unit: mg/m3, oel: 0.57, idlh: 20"])
        let figure = valid.split(separator: " ").last ?? ""
        #expect(
            faults == [
                "sites/points.csv:2: column \(column): \(value) is looser than profile gb50493 allows: \(bound) "
                    + "(GB/T 50493-2019, 5.5.2, read at its source); valid: \(valid), or empty for \(figure)"
            ])
    }

    @Test(
        "are refused where they cannot be held against the point",
        arguments: [
            ("level,m,0,12,,,,,gb50493", "profile", "gb50493 is for gas points, and this one's kind is level"),
            (",,,,,,,,gb50493", "profile", "gb50493 is for gas points, and this one's kind is other"),
            ("gas_combustible,%LEL,0,100,,,,,gb", "profile", "\"gb\" is no profile of standards-2026; valid: gb50493"),
            ("gas_combustible,ppm,0,100,,,,,gb50493", "unit", "\"ppm\" cannot be held against profile gb50493"),
            ("oxygen,%,0,30,,,,,gb50493", "unit", "\"%\" cannot be held against profile gb50493; valid: %VOL"),
            ("gas_toxic,ppm,0,100,,,,,gb50493", "substance", "the cell is empty, and profile gb50493 bounds"),
            ("gas_toxic,ppm,0,100,,,,ozone,gb50493", "substance", "\"ozone\" has no exposure limit in standards-2026"),
            ("gas_toxic,ppm,0,100,,,,氨,gb50493", "unit", "\"ppm\" is no unit in which standards-2026 has an exposure"),
            ("gas_toxic,,0,100,,,,氨,gb50493", "unit", "the cell is empty, and 氨 has exposure limits by unit"),
            ("gas_toxic,mg/m3,0,100,,,,chlorine,gb50493", "substance", "chlorine has no oel in mg/m3"),
            ("gas_toxic,mg/m3,7,100,,,,ammonia,gb50493", "substance", "ammonia has no idlh in mg/m3"),
            (
                "gas_combustible,%LEL,0,100,,,20,,gb50493", "H",
                "25.0, the profile's set point for an empty cell, is not"
            ),
            ("gas_combustible,%LEL,0,40,,,,,gb50493", "HH", "50.0, the profile's set point for an empty cell, lies"),
            ("oxygen,%VOL,0,30,,19,,,gb50493", "L", "19.5, the profile's set point for an empty cell, is not below H"),
            ("gas_combustible,%LEL,0,100,,x,,,gb50493", "H", "\"x\" is not such a number"),
            ("gas,%LEL,0,100,,,,,gb50493", "kind", "\"gas\" is no kind of point"),
        ])
    func refused(cells: String, column: String, what: String) throws {
        let faults = try GasProfileTests.faults(
            cells,
            exposures: [
                "substance: chlorine, unit: mg/m3, idlh: 20", "substance: ammonia, unit: mg/m3, oel: 7",
            ])
        #expect(faults.count == 1, "\(faults)")
        #expect(faults.first?.hasPrefix("sites/points.csv:2: column \(column): \(what)") == true, "\(faults)")
        #expect(faults.first?.contains("; valid: ") == true)
    }

    @Test("without exposure limits, as the built-in profile, say what to add for a toxic gas")
    func builtInHasNoExposure() throws {
        let fault = try GasProfileTests.faults("gas_toxic,ppm,0,100,,,,ammonia,gb50493").first
        #expect(
            fault == "sites/points.csv:2: column substance: \"ammonia\" has no exposure limit in standards-2026; "
                + "valid: an empty profile, or an entry under exposure in a standards file of your own "
                + "(setting standards): {substance: ammonia, unit: …, oel: …, source: …}")
    }

    @Test("of the site's own bound set points under their own name and figures")
    func ownProfile() throws {
        let fixture = try RegistryFixture()
        let own = "  own: {source: {document: house rule, certainty: site}, combustible: {H: 10, HH: 20}}\n"
        try fixture.useStandards(replacing: "gas_profiles:\n", with: "gas_profiles:\n" + own)
        let header = "point,gateway,tag,\(GasProfileTests.columns)\n"
        try fixture.write(
            header + "A,g,a,gas_combustible,,,,,11,,,own\nB,g,b,gas_combustible,,,,,11,,,gb50493\n"
                + "C,g,c,oxygen,,,,,,,,own\n",
            to: "sites/points.csv")
        #expect(
            fixture.faults() == [
                "sites/points.csv:2: column H: 11 is looser than profile own allows: at most 10 %LEL (house rule, "
                    + "decided by the site); valid: at most 10, or empty for 10",
                "sites/points.csv:4: column profile: own has no set points for oxygen; valid: a profile that has, "
                    + "or empty",
            ])
    }

    @Test("that gas points lack are noted once a file, with how many and the first one's line")
    func withoutProfile() throws {
        let fixture = try RegistryFixture()
        try fixture.write(
            """
            point,gateway,tag,kind,substance,profile
            A,g,a,level,,
            B,g,b,gas_toxic,ammonia,
            C,g,c,oxygen,,gb50493
            D,g,d,oxygen,,
            """, to: "sites/points.csv")
        #expect(
            try fixture.load().notices.map(\.description) == [
                "sites/points.csv:3: 2 gas points have no profile, so that no standard bounds the set points; "
                    + "profiles of standards-2026: gb50493"
            ])
        try fixture.write("point,gateway,tag,kind,profile\nC,g,c,oxygen,gb50493\n", to: "sites/points.csv")
        #expect(try fixture.load().notices.isEmpty)
    }

    @Test("of many rows, alike and not, are held against each row by itself")
    func manyRows() throws {
        let fixture = try RegistryFixture()
        var rows = "point,gateway,tag,kind,H,HH,profile\n"
        for row in 0..<50 {
            rows += "G\(row),g,g\(row),gas_combustible,\(row % 30),,gb50493\nO\(row),g,o\(row),oxygen,,,gb50493\n"
        }
        try fixture.write(rows, to: "sites/points.csv")
        let looser = (0..<50).filter { $0 % 30 > 25 }.map { "sites/points.csv:\(2 + 2 * $0): column H: \($0 % 30) is" }
        let faults = fixture.faults()
        #expect(faults.count == looser.count)
        for (fault, start) in zip(faults, looser) { #expect(fault.hasPrefix(start), "\(fault)") }
    }
}
