import Foundation
import Registry
import Telemetry
import Testing

/// Site files are read side by side, some dozens at a time; what comes of them is as if one were read after the other.
@Suite("Many site files")
struct ManySitesTests {
    private static let count = 100

    /// Sites of three points each: two against each other on a gateway shared with the next site, and a quantity.
    private static func fixture() throws -> RegistryFixture {
        let fixture = try RegistryFixture()
        for number in 100..<(100 + count) {
            try fixture.write(
                """
                site: s\(number)
                hazard_sources:
                  - source: T
                    residents_within_500m: 0
                    substances: [{name: ammonia, quantity_t: 40, quantity_point: Q-\(number)}]
                redundant: [{points: [A-\(number), B-\(number)], deviation: 1}]
                gateways: [{gateway: own-\(number), silence_s: \(number)}, {gateway: pair-\(number / 2)}]
                points_file: s\(number).csv
                """, to: "sites/s\(number).yaml")
            try fixture.write(
                """
                point,gateway,tag,unit
                A-\(number),pair-\(number / 2),a\(number),m
                B-\(number),pair-\(number / 2),b\(number),m
                Q-\(number),own-\(number),q,t
                """, to: "sites/s\(number).csv")
        }
        return fixture
    }

    @Test("keep the order of their names, and everything in them its place")
    func places() throws {
        let registry = try ManySitesTests.fixture().load().registry
        // The fixture's own site is the last by name.
        let numbers = Array(100..<(100 + ManySitesTests.count))
        #expect(registry.sites.map(\.name) == numbers.map { "s\($0)" } + ["shengli"])
        #expect(registry.points.map(\.name) == numbers.flatMap { ["A-\($0)", "B-\($0)", "Q-\($0)"] } + ["LT-101"])
        #expect(registry.points.map(\.site) == numbers.indices.flatMap { [$0, $0, $0] } + [numbers.count])
        #expect(
            registry.points.map { registry.gateways[$0.gateway].name }
                == numbers.flatMap { ["pair-\($0 / 2)", "pair-\($0 / 2)", "own-\($0)"] } + ["gw1"])
        for (site, number) in numbers.enumerated() {
            let quantity = try #require(registry.sites[site].hazardSources[0].substances[0].quantityPoint)
            #expect(registry.points[quantity.index.position].name == "Q-\(number)" && quantity.name == "Q-\(number)")
            #expect(registry.points[quantity.index.position].rule(.inventory) != nil)
            #expect(
                registry.redundantGroups[site].points.map { registry.points[$0].name } == [
                    "A-\(number)", "B-\(number)",
                ])
            let own = try #require(registry.gateways.first { $0.name == "own-\(number)" })
            #expect(own.silence == Int64(number) * 1_000 && own.sites == [site])
            let pair = try #require(registry.gateways.first { $0.name == "pair-\(number / 2)" })
            #expect(pair.sites == [site / 2 * 2, site / 2 * 2 + 1] && pair.silence == Gateway.standardSilence)
        }
    }

    @Test("that clash are refused at the later file: a site's name, a tag, a gateway's silence")
    func clashes() throws {
        let fixture = try ManySitesTests.fixture()
        try fixture.write(
            """
            site: s100
            gateways: [{gateway: own-101, silence_s: 5}]
            points_file: t.csv
            """, to: "sites/t.yaml")
        try fixture.write("point,gateway,tag\nX,pair-50,x\nY,pair-50,b101\nZ,pair-50,a100\n", to: "sites/t.csv")
        #expect(
            fixture.faults() == [
                "sites/t.yaml:1: site is \"s100\", which sites/s100.yaml has too; valid: a name of its own for each site",
                "sites/t.yaml:2: gateways[0].silence_s differs from sites/s101.yaml:7 about own-101; "
                    + "valid: the same silence_s wherever a gateway is listed",
                "sites/t.csv:3: column tag: \"b101\" of gateway pair-50 is already mapped at sites/s101.csv:3; "
                    + "valid: one point a tag",
                "sites/t.csv:4: column tag: \"a100\" of gateway pair-50 is already mapped at sites/s100.csv:2; "
                    + "valid: one point a tag",
            ])
    }

    @Test("give the same fingerprint and the same files in the same order every time")
    func order() throws {
        let fixture = try ManySitesTests.fixture()
        func load() throws -> (String, [String]) {
            var names: [String] = []
            let configuration = try Configuration.load(
                settingsFile: fixture.folder.appendingPathComponent("hazardd.yaml").path, environment: [:]
            ) { name, _ in names.append(name) }
            return (configuration.fingerprint, names)
        }
        let (fingerprint, names) = try load()
        #expect(
            names.filter { $0.hasPrefix("sites/s1") }
                == (100..<200).flatMap { ["sites/s\($0).yaml", "sites/s\($0).csv"] })
        for _ in 0..<3 {
            let (again, sameNames) = try load()
            #expect(again == fingerprint && sameNames == names)
        }
    }
}
