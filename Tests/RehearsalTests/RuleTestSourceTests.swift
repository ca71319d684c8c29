import Registry
import Rehearsal
import Settings
import TestKit
import Testing

@Suite("A rule test's rules")
struct RuleTestSourceTests {
    private static func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder("hazardd-rules")
        try folder.write(
            "site: shengli\narea: dongying/kenli\ngateways: [{gateway: gw1, silence_s: 60}]\npoints_file: points.csv\n",
            to: "sites/shengli.yaml")
        try folder.write(
            "point,gateway,tag,kind,H,priority\nLT-101,gw1,T1,level,9,critical\nLT-102,gw1,T2,level,9,critical\n"
                + "LT-103,gw2,T3,level,9,critical\n", to: "sites/points.csv")
        try folder.write(
            "policies: {default: {tiers: [enterprise], climb: {high: [0s]}, realarm: {}}}\n", to: "policies.yaml")
        try folder.write(
            "node: n1\nbroker: {urls: [\"mqtt://127.0.0.1\"]}\nregistry: sites\n", to: "hazardd.yaml")
        return folder
    }

    private static let steps = """
        repeat: 10s
        steps:
          - {at: 0s, LT-101: 5}
          - {at: 10m, LT-101: 9.5}
          - expect: [LT-101/H raised high, enterprise told of LT-101/H]
        """

    @Test("can be those of a registry's folder with the policies beside it; points it does not name stay quiet")
    func registry() throws {
        let folder = try RuleTestSourceTests.folder()
        try folder.write("name: n\nregistry: ../sites\n" + RuleTestSourceTests.steps, to: "rules/a.test.yaml")
        let failure = RuleTestRun.failure(of: try RuleTestText.read(at: folder.file("rules/a.test.yaml")))
        #expect(failure == nil, "\(failure.map { "\($0)" } ?? "")")
    }

    @Test("can be the configuration in force")
    func inForce() throws {
        let folder = try RuleTestSourceTests.folder()
        try folder.write("name: n\n" + RuleTestSourceTests.steps, to: "rules/a.test.yaml")
        let log = FaultLog()
        let test = try RuleTestReader.read(SourceFile(argument: folder.file("rules/a.test.yaml")), log: log) {
            () throws(ConfigurationRejected) in
            try Configuration.load(settingsFile: folder.file("hazardd.yaml"), environment: [:])
        }
        #expect(RuleTestRun.failure(of: try #require(test)) == nil)
    }

    @Test("can be changed for other ones of a folder while it runs")
    func proposed() throws {
        let folder = try RuleTestSourceTests.folder()
        try folder.write(
            "site: shengli\npoints_file: points.csv\n", to: "proposed/shengli.yaml")
        try folder.write("point,gateway,tag,kind,H\nLT-101,gw1,T1,level,8\n", to: "proposed/points.csv")
        try folder.write(
            """
            name: n
            registry: ../sites
            repeat: 10s
            steps:
              - {at: 0s, LT-101: 8.5, expect: nothing}
              - {at: 1m, reload: {registry: ../proposed}}
              - expect: [LT-101/H raised medium limit=8, enterprise told of LT-101/H]
            """, to: "rules/a.test.yaml")
        let failure = RuleTestRun.failure(of: try RuleTestText.read(at: folder.file("rules/a.test.yaml")))
        #expect(failure == nil, "\(failure.map { "\($0)" } ?? "")")
    }

    @Test("fault by fault, if its registry does not hold")
    func faulty() throws {
        let folder = try RuleTestSourceTests.folder()
        try folder.write("point,gateway,tag,kind\nLT-101,gw1,T1,levl\n", to: "sites/points.csv")
        try folder.write("name: n\nregistry: ../sites\n" + RuleTestSourceTests.steps, to: "rules/a.test.yaml")
        let rejected = #expect(throws: ConfigurationRejected.self) {
            _ = try RuleTestText.read(at: folder.file("rules/a.test.yaml"))
        }
        #expect(rejected?.faults.first?.file.hasSuffix("sites/points.csv") == true)
    }
}
