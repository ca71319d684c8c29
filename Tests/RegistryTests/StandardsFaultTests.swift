import Foundation
import Registry
import Settings
import Testing

@Suite("Faults in a standards profile")
struct StandardsFaultTests {
    @Test(
        "are refused by the key's name",
        arguments: [
            ("profile: standards-2026", "profile: a b", "profile"), ("profile: standards-2026", "", "profile"),
            ("dated: \"2026-11-24\"", "dated: 2026-13-01", "dated"), ("dated: \"2026-11-24\"", "date: x", "date"),
            ("{from: 1, source", "{from: x, source", "grading.identification.from"),
            (
                "{from: 1, source: {document: GB 18218-2018, certainty: read}}", "{from: 1}",
                "grading.identification.source"
            ),
            ("{residents: 50, alpha: 1.5}", "{residents: 100, alpha: 1.5}", "grading.alpha.steps[1]"),
            ("{residents: 0, alpha: 0.5}", "{residents: 0, alpha: 0}", "grading.alpha.steps[4].alpha"),
            ("      - {residents: 0, alpha: 0.5}\n", "", "grading.alpha.steps"),
            ("{grade: 2, r: 50}", "{grade: 2, r: 100}", "grading.grades.steps[1]"),
            ("{grade: 2, r: 50}", "{grade: 1, r: 50}", "grading.grades.steps[1]"),
            ("      - {grade: 4, r: 0}\n", "", "grading.grades.steps"),
            ("critical_t: 0.3, beta: 20", "critical_t: 0, beta: 20", "substances.table[4].critical_t"),
            ("critical_t: 0.3, beta: 20", "critical_t: 0.3, beta: -1", "substances.table[4].beta"),
            ("critical_t: 0.3, beta: 20", "q: 0.3, beta: 20", "substances.table[4].q"),
            ("[光气, COCl2]", "[光气, 氨]", "substances.table[4]"),
            (
                "  beta_source: {document: GB 18218-2018, clause: Table 4, certainty: secondary}\n", "",
                "classes.table[0].beta"
            ),
            (
                "clause: Table 4, certainty: secondary", "clause: Table 4, certainty: sure",
                "classes.beta_source.certainty"
            ),
            ("{class: J2, beta: 1}", "{class: J1, beta: 1}", "classes.table[1]"),
            ("  gb50493:\n", "  gb/50493:\n", "gas_profiles.gb/50493"),
            ("{H: 25, HH: 50}", "{H: 50, HH: 50}", "gas_profiles.gb50493.combustible"),
            ("{H: 25, HH: 50}", "{H: 25}", "gas_profiles.gb50493.combustible.HH"),
            ("{L: 19.5, H: 23.5}", "{L: 23.5, H: 19.5}", "gas_profiles.gb50493.oxygen"),
            ("{L: 19.5, H: 23.5}", "{LL: 19.5, L: 20, H: 23.5}", "gas_profiles.gb50493.oxygen.LL"),
            (
                "idlh_percent: {H: 5, HH: 10}", "idlh_percent: {H: 5, HH: -10}",
                "gas_profiles.gb50493.toxic.idlh_percent.HH"
            ),
            (
                "exposure: []", "exposure: [{substance: a, unit: ppm, source: {document: d, certainty: site}}]",
                "exposure[0]"
            ),
            ("exposure: []", "exposure: [{substance: a, unit: ppm, oel: 1}]", "exposure[0].source"),
            (
                "exposure: []", "exposure: [{substance: a, unit: ppm, oel: 0, source: {document: d, certainty: site}}]",
                "exposure[0].oel"
            ),
            (
                "exposure: []",
                """
                exposure:
                  - {substance: 氨, unit: mg/m3, oel: 1, source: {document: d, certainty: site}}
                  - {substance: NH3, unit: "mg/m³", oel: 2, source: {document: d, certainty: site}}
                """, "exposure"
            ),
            ("gas_profiles:", "gases:", "gases"),
            ("alarm_system:", "alarms:", "alarm_system"),
            ("starts_above: 10", "starts_above: 0", "alarm_system.flood.starts_above"),
            ("ends_below: 5", "ends_below: 11", "alarm_system.flood"),
            ("    peak: 10  ", "    most: 10  ", "alarm_system.load.peak"),
            ("low_percent: 80", "low_percent: 101", "alarm_system.priorities.low_percent"),
            ("{within_s: 60, source", "{within_s: 0, source", "alarm_system.chattering.within_s"),
            ("after_h: 24, fewer_than: 5", "after_h: 24", "alarm_system.stale.fewer_than"),
        ])
    func wrong(text: String, replacement: String, path: String) throws {
        let fixture = try RegistryFixture()
        try fixture.useStandards(replacing: text, with: replacement)
        let faults = fixture.faults()
        #expect(faults.contains { $0.contains(": \(path) ") && $0.hasPrefix("own.yaml:") }, "\(faults)")
        #expect(faults.allSatisfy { $0.hasPrefix("own.yaml:") && $0.contains("; valid: ") }, "\(faults)")
    }

    @Test("a file that is not there is refused at the key that names it")
    func noFile() throws {
        let fixture = try RegistryFixture()
        try fixture.useStandards(replacing: "exposure: []", with: "exposure: []")
        try FileManager.default.removeItem(at: fixture.folder.appendingPathComponent("own.yaml"))
        #expect(fixture.faults().first?.hasPrefix("hazardd.yaml:4: standards names ") == true)
    }

    @Test("the schema has exactly the keys that the reader knows")
    func schemaKeys() throws {
        let data = try Data(contentsOf: RegistryFixture.schemas.appendingPathComponent("standards.schema.json"))
        let root = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        func keys(_ path: String...) throws -> Set<String> {
            var schema = root
            for level in path {
                let parts = level == "$source" ? root["$defs"] : schema["properties"]
                schema = try #require((parts as? [String: [String: Any]])?[level == "$source" ? "source" : level])
                schema = schema["items"] as? [String: Any] ?? schema
                schema = schema["additionalProperties"] as? [String: Any] ?? schema
            }
            #expect(schema["additionalProperties"] as? Bool == false)
            return Set(try #require(schema["properties"] as? [String: Any]).keys)
        }
        func known<Key: SectionKey>(_ type: Key.Type) -> Set<String> { Set(Key.allCases.map(\.rawValue)) }
        #expect(try keys() == known(StandardsProfile.Key.self))
        #expect(try keys("grading") == known(GradingRules.Key.self))
        #expect(try keys("grading", "identification") == known(GradingRules.IdentificationKey.self))
        #expect(try keys("grading", "alpha") == known(GradingRules.StepsKey.self))
        #expect(try keys("grading", "alpha", "steps") == known(GradingRules.AlphaStep.Key.self))
        #expect(try keys("grading", "grades", "steps") == known(GradingRules.GradeStep.Key.self))
        #expect(try keys("substances") == known(StandardsProfile.TableKey.self))
        #expect(try keys("substances", "table") == known(StandardSubstance.Key.self))
        #expect(try keys("classes", "table") == known(HazardClass.Key.self))
        #expect(try keys("gas_profiles") == known(GasProfile.Key.self))
        #expect(try keys("gas_profiles", "toxic") == known(GasProfile.ToxicKey.self))
        #expect(try keys("gas_profiles", "toxic", "idlh_percent") == known(GasProfile.Levels.Key.self))
        #expect(try keys("gas_profiles", "oxygen") == known(GasProfile.Window.Key.self))
        #expect(try keys("exposure") == known(ExposureLimit.Key.self))
        #expect(try keys("$source") == known(FigureSource.Key.self))
    }

    @Test("the profile in schemas/ is valid by its schema, and a changed one is not")
    func schema() throws {
        let data = try Data(contentsOf: RegistryFixture.schemas.appendingPathComponent("standards.schema.json"))
        let check = try SchemaCheck(data)
        func complaints(_ text: String) throws -> [String] {
            let log = FaultLog()
            let file = SourceFile(builtIn: "profile.yaml")
            let value = try #require(YAMLValue.parse(Array(text.utf8), file: file, log: log))
            return try check.complaints(about: value)
        }
        let text = try RegistryFixture.standards()
        #expect(try complaints(text) == [])
        for (old, new) in [
            ("HH: 50", "HH: 500"), ("certainty: read", "certainty: sure"), ("dated:", "day:"), ("r: 100", "r: many"),
            ("beta: 20", "betta: 20"), ("exposure: []", "exposure: [{substance: a, unit: b, source: c}]"),
        ] {
            #expect(try !complaints(text.replacingOccurrences(of: old, with: new)).isEmpty, "\(new)")
        }
    }
}
