import Registry
import Settings
import Telemetry
import Testing

@Suite("Grades by GB 18218")
struct HazardGradeTests {
    private let standards: StandardsProfile

    init() throws {
        standards = try RegistryFixture.builtIn()
    }

    private func substance(
        _ name: String, _ quantity: Double, critical: Double, beta: Double, point: Int? = nil
    ) -> Substance {
        Substance(
            name: name, quantity: quantity, critical: Figure(critical, from: "a test"),
            beta: Figure(beta, from: "a test"),
            quantityPoint: point.map { QuantityPoint(name: "QI-\($0)", index: PointIndex($0)) })
    }

    private func grade(_ residents: Int?, _ substances: [Substance]) -> HazardGrade {
        HazardGrade(HazardSource(name: "TF-1", residents: residents, substances: substances), by: standards)
    }

    @Test("an ammonia store of 40 t with 60 people around, worked out by hand")
    func ammonia() throws {
        // S = 40/10 = 4. R = 1.5 × 2 × 4 = 12: grade 3.
        let fixture = try RegistryFixture.hazardSource(
            "residents_within_500m: 60\nsubstances: [{name: 液氨, quantity_t: 40}]")
        let source = try #require(try fixture.load().registry.sites.first?.hazardSources.first)
        let grade = HazardGrade(source, by: standards)
        #expect(grade.sum == 4 && grade.isMajor && grade.alpha == 1.5 && grade.result == 12 && grade.grade == 3)
        #expect(grade.liveResult == nil)
        #expect(
            grade.working == [
                "液氨: q = 40 t (design maximum), Q = 10 t (GB 18218-2018, from a secondary copy), "
                    + "β = 2 (GB 18218-2018, read at its source)",
                "液氨: q/Q = 40/10 = 4, β·q/Q = 2 × 4 = 8",
                "S = Σ q/Q = 4 ≥ 1: a major hazard source (GB 18218-2018, read at its source)",
                "α = 1.5: 60 residents within 500 m, in the row 50 to 99 (GB 18218-2018, read at its source)",
                "R = α·Σ β·q/Q = 1.5 × 8 = 12: grade 3, 10 ≤ R < 50 (GB 18218-2018, read at its source)",
            ])
    }

    @Test("a works with several substances, by table, by class and by figures of its own, worked out by hand")
    func several() throws {
        // chlorine 12/5 = 2.4, × 4 = 9.6; phosgene 0.15/0.3 = 0.5, × 20 = 10; hydrogen 2/5 = 0.4, × 1.5 = 0.6;
        // acid 30/50 = 0.6, × 1 = 0.6; solvent X 12/50 = 0.24, × 1.5 = 0.36.
        // S = 2.4 + 0.5 + 0.4 + 0.6 + 0.24 = 4.14. Σ = 9.6 + 10 + 0.6 + 0.6 + 0.36 = 21.16. R = 2 × 21.16 = 42.32.
        let fixture = try RegistryFixture.hazardSource(
            """
            residents_within_500m: 100
            substances:
              - {name: 液氯, quantity_t: 12}
              - {name: phosgene, quantity_t: 0.15}
              - {name: hydrogen, quantity_t: 2, class: W2}
              - {name: acid, quantity_t: 30, critical_t: 50, class: J5}
              - {name: "solvent X", quantity_t: 12, critical_t: 50, beta: 1.5}
            """)
        let source = try #require(try fixture.load().registry.sites.first?.hazardSources.first)
        let grade = HazardGrade(source, by: standards)
        #expect(grade.lines.map(\.ratio) == [2.4, 0.5, 0.4, 0.6, 0.24])
        #expect(grade.lines.map(\.weighted) == [9.6, 10, 0.6, 0.6, 0.36])
        #expect(grade.sum == 4.14 && grade.result == 42.32 && grade.grade == 3)
        let origins = grade.lines.map { [$0.substance.critical.origin, $0.substance.beta.origin] }
        let copied = "GB 18218-2018, from a secondary copy"
        #expect(origins[2] == [copied, "GB 18218-2018, Table 4, class W2, from a secondary copy"])
        #expect(origins[3] == ["given by the site", "GB 18218-2018, Table 4, class J5, from a secondary copy"])
        #expect(origins[4] == ["given by the site", "given by the site"])
        #expect(
            grade.working.contains {
                $0.hasPrefix("S = Σ q/Q = 2.4 + 0.5 + 0.4 + 0.6 + 0.24 = 4.14 ≥ 1: a major hazard source")
            })
        #expect(
            grade.working.contains {
                $0.hasPrefix("R = α·Σ β·q/Q = 2 × (9.6 + 10 + 0.6 + 0.6 + 0.36) = 42.32: grade 3, 10 ≤ R < 50")
            })
    }

    @Test(
        "α follows the people within 500 m, at both ends of each step",
        arguments: [
            (0, 0.5), (1, 1), (29, 1), (30, 1.2), (49, 1.2), (50, 1.5), (99, 1.5), (100, 2), (1_000_000, 2),
        ])
    func alpha(residents: Int, alpha: Double) {
        let grade = grade(residents, [substance("x", 10, critical: 1, beta: 1)])
        #expect(grade.alpha == alpha && grade.result == 10 * alpha)
    }

    @Test("where nobody said how many people live around, the largest α is taken, and that is said")
    func noResidents() throws {
        let grade = grade(nil, [substance("x", 10, critical: 1, beta: 1)])
        #expect(grade.alpha == 2 && grade.result == 20)
        #expect(
            grade.working.contains { $0.hasPrefix("α = 2: residents_within_500m is not given, so the largest α is") })
        let fixture = try RegistryFixture.hazardSource("substances: [{name: ammonia, quantity_t: 40}]")
        #expect(
            try fixture.load().notices.map(\.description) == [
                "sites/shengli.yaml:4: hazard_sources[].residents_within_500m is not given, so grading takes the largest α"
            ])
    }

    @Test(
        "a grade begins exactly at its R",
        arguments: [
            (9.999999, 4, "R < 10"), (10, 3, "10 ≤ R < 50"), (49.999999, 3, "10 ≤ R < 50"), (50, 2, "50 ≤ R < 100"),
            (99.999999, 2, "50 ≤ R < 100"), (100, 1, "R ≥ 100"), (100_000, 1, "R ≥ 100"),
        ])
    func boundary(result: Double, expected: Int, range: String) {
        let grade = grade(1, [substance("x", result, critical: 1, beta: 1)])
        #expect(grade.result == result && grade.grade == expected)
        #expect(grade.working.last?.contains("grade \(expected), \(range)") == true)
    }

    @Test("sums that are whole by hand are whole, however they are made up", arguments: [1.0, 10, 50, 100])
    func wholeSums(sum: Double) {
        // In binary, ten tenths and three thirds fall short of one.
        let tenths = grade(1, (0..<10).map { _ in substance("x", 0.1 * sum, critical: 1, beta: 1) })
        #expect(tenths.sum == sum && tenths.result == sum && tenths.isMajor)
        let thirds = grade(1, (0..<3).map { _ in substance("x", sum, critical: 3, beta: 1) })
        #expect(thirds.sum == sum && thirds.result == sum)
        #expect(thirds.grade == [1: 4, 10: 3, 50: 2, 100: 1][sum])
    }

    @Test("below S = 1 it is no major hazard source and has no grade, though R is shown")
    func notIdentified() {
        let grade = grade(100, [substance("x", 0.999, critical: 1, beta: 20)])
        #expect(!grade.isMajor && grade.grade == nil && grade.sum == 0.999 && grade.result == 39.96)
        #expect(grade.working.last?.hasSuffix("no grade, as S is below the threshold") == true)
        #expect(self.grade(100, [substance("x", 1, critical: 1, beta: 20)]).grade == 3)
    }

    @Test("without substances there is nothing to grade")
    func empty() {
        let grade = grade(60, [])
        #expect(grade.sum == nil && grade.result == nil && grade.grade == nil && !grade.isMajor)
        #expect(grade.working == ["no substances are declared, so there is nothing to grade"])
    }

    @Test("the live R takes what is measured, the statutory one never does")
    func live() {
        let source = HazardSource(
            name: "TF-1", residents: 60,
            substances: [
                substance("a", 40, critical: 10, beta: 2, point: 0),
                substance("b", 20, critical: 10, beta: 1, point: 1),
                substance("c", 10, critical: 10, beta: 1),
            ])
        // Statutory: 1.5 × (8 + 2 + 1) = 16.5. Live: 1.5 × (2 × 1.25 + 2 + 1) = 8.25, as b has no sample.
        let grade = HazardGrade(
            source, by: standards, live: [PointIndex(0): .measured(12.5, age: 3_400)])
        #expect(grade.result == 16.5 && grade.grade == 3 && grade.liveResult == 8.25)
        #expect(grade.lines.map(\.liveQuantity) == [12.5, 20, 10])
        #expect(
            grade.working.suffix(4) == [
                "a: q = 12.5 t by QI-0, 3 s old", "b: q = 20 t, the design maximum, as QI-1 has no sample",
                "c: q = 10 t, the design maximum, as no quantity_point is named",
                "R with these live quantities = 8.25, indicative only",
            ])
        let more = HazardGrade(
            source, by: standards,
            live: [PointIndex(0): .unusable("is out of range", reading: 50), PointIndex(1): .measured(0, age: 0)])
        #expect(more.lines.map(\.liveQuantity) == [50, 0, 10] && more.liveResult == 16.5)
        #expect(more.working.contains("a: q = 50 t, what it reads, as QI-0 is out of range"))
    }

    @Test("a reading counts while it is good, recent, and within the instrument's range")
    func reading() {
        var point = Point(site: 0, name: "QI-1", gateway: 0, tag: "t", staleAfter: 30_000)
        #expect(LiveQuantity.window(of: point) == 30_000)
        #expect(LiveQuantity((12, 5), of: point) == .measured(12, age: 5))
        #expect(LiveQuantity((12, -900), of: point) == .measured(12, age: 0))
        #expect(LiveQuantity(nil, of: point) == .unusable("has no good sample of the last 30 s"))
        #expect(LiveQuantity((-1, 5), of: point) == .unusable("reads -1 t, which is not 0 or more", reading: -1))
        point.low = 0
        point.high = 100
        #expect(LiveQuantity((100, 5), of: point) == .measured(100, age: 5))
        #expect(
            LiveQuantity((100.5, 5), of: point) == .unusable("reads 100.5 t, which is not 0 to 100", reading: 100.5))
        point.staleAfter = 0
        #expect(LiveQuantity.window(of: point) == 86_400_000)
    }
}
