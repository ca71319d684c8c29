import Registry
import Settings
import Telemetry
import Testing

@Suite("Configuration")
struct ConfigurationTests {
    private static let site = """
        site: shengli
        name: {zh: 胜利罐区, en: Shengli tank farm}
        area: dongying/kenli/shengtuo
        policy: default
        responsible:
          principal: {name: 张三, phone: "0546-1"}
        hazard_sources:
          - source: TF-1
            name: {zh: 液氨罐组, en: Ammonia tank group}
            residents_within_500m: 60
            substances:
              - {name: ammonia, quantity_t: 40}
              - {name: "solvent X", quantity_t: 12, critical_t: 50, beta: 1.5}
        points_file: points.csv
        gateways: [{gateway: gw1, silence_s: 0}, {gateway: gw9}]
        """
    private static let points = #"""
        point,source,gateway,tag,kind,unit,low,high,LL,L,H,HH,deadband,on_delay_s,rate_limit,rate_window_s,priority,name_zh,action_en
        LT-101,TF-1,gw1,LT-101.PV,level,m,0,12,0.5,1,9,9.5,0.2,1.5,3,60,critical,1号罐液位,"Close, then call ""duty"""
        PT-101,,gw2,PT-101,pressure,kPa,,,,,,,,,,,,,
        """#

    @Test("a whole site is read as written")
    func wholeSite() throws {
        let fixture = try RegistryFixture()
        try fixture.write(ConfigurationTests.site, to: "sites/shengli.yaml")
        try fixture.write(ConfigurationTests.points, to: "sites/points.csv")
        let configuration = try fixture.load()
        let registry = configuration.registry
        let site = try #require(registry.sites.first)
        #expect(site.title == BilingualText(zh: "胜利罐区", en: "Shengli tank farm"))
        #expect(site.area == ["dongying", "kenli", "shengtuo"])
        #expect(site.hazardSources.first?.substances.last?.beta == Figure(1.5, from: "given by the site"))
        #expect(site.responsible?.principal?.person.phone == "0546-1")
        #expect(registry.gateways.map(\.name) == ["gw1", "gw9", "gw2"])
        #expect(registry.gateways.map(\.silence) == [0, 60_000, 60_000])
        #expect(registry.gateways.allSatisfy { $0.sites == [0] })
        let level = try #require(registry.points.first)
        #expect(level.source == "TF-1" && level.tag == "LT-101.PV" && level.kind == .level && level.unit == "m")
        #expect(level.low == 0 && level.high == 12 && level.staleAfter == 30_000)
        #expect(level.rules.map(\.condition) == [.highHigh, .high, .low, .lowLow, .rate, .stale, .bad, .range])
        #expect(level.rules.prefix(4).map(\.limit) == [9.5, 9, 1, 0.5])
        #expect(level.rules[4].limit == 3 && level.rules[4].window == 60_000)
        #expect(level.rules.map(\.deadband) == [0.2, 0.2, 0.2, 0.2, 0, 0, 0, 0])
        #expect(level.rules.map(\.onDelay) == [1_500, 1_500, 1_500, 1_500, 0, 0, 0, 0])
        #expect(level.rules.map(\.priority) == [.critical, .high, .high, .critical, .high, .medium, .medium, .medium])
        #expect(level.title.zh == "1号罐液位" && level.action.en == "Close, then call \"duty\"")
        let pressure = registry.points[1]
        #expect(pressure.staleAfter == 120_000 && pressure.low == nil)
        #expect(pressure.rules.map(\.condition) == [.stale, .bad])
        #expect(registry.index(of: "shengli/PT-101") == PointIndex(1))
        #expect(registry.identifier(of: PointIndex(0)) == "shengli/LT-101")
        #expect(registry.index(of: "shengli/none") == nil)
        #expect(configuration.policies == ["default": .standard])
    }

    @Test("what has no effect yet is named in the notices once, with how many files have it")
    func notices() throws {
        let fixture = try RegistryFixture()
        try fixture.write(ConfigurationTests.site, to: "sites/shengli.yaml")
        try fixture.write(
            """
            point,gateway,tag,rate_limit,rate_window_s,flatline_after_s,priority
            A,g,a,1,2,3,RATE=high
            """, to: "sites/points.csv")
        try fixture.write(
            "node: n\nbroker: {urls: [mqtt://h]}\nregistry: sites\nretention: {events_days: 40}\n",
            to: "hazardd.yaml")
        let notices = try fixture.load().notices.map(\.description)
        #expect(notices == ["hazardd.yaml:4: retention.events_days is accepted and has no effect yet"])

        let source = "hazard_sources: [{source: s, substances: [{name: ammonia, quantity_t: 1}]}]\n"
        try fixture.write("site: east\n" + source, to: "sites/east.yaml")
        try fixture.write("site: west\n" + source, to: "sites/west.yaml")
        let residents = try fixture.load().notices.map(\.description).filter { $0.contains("residents") }
        #expect(residents.count == 1 && residents.first?.hasSuffix("(and in one more file)") == true, "\(residents)")
    }

    @Test("a gateway shared by two sites knows both")
    func sharedGateway() throws {
        let fixture = try RegistryFixture()
        try fixture.write("site: west\ngateways: [{gateway: gw1, silence_s: 5}]", to: "sites/west.yaml")
        #expect(try fixture.load().registry.gateways == [Gateway(name: "gw1", silence: 5_000, sites: [0, 1])])
    }

    @Test("the fingerprint follows every file's content and nothing else")
    func fingerprint() throws {
        let fixture = try RegistryFixture()
        let before = try fixture.load().fingerprint
        #expect(try RegistryFixture().load().fingerprint == before)
        try fixture.write("point,gateway,tag\nLT-101,gw1,LT-102\n", to: "sites/points.csv")
        #expect(try fixture.load().fingerprint != before)
        #expect(before.count == 16)
    }

    @Test("faults of settings, policies, sites and points come in one report, in reading order")
    func allFilesAtOnce() throws {
        let fixture = try RegistryFixture()
        try fixture.write("broker: {urls: [mqtt://h]}\nregistry: sites\nlogs: 1", to: "hazardd.yaml")
        try fixture.write("policies: {night: {repeat: soon}}", to: "policies.yaml")
        try fixture.write("site: shengli\npolicy: day\npoints_file: points.csv", to: "sites/shengli.yaml")
        try fixture.write("point,gateway,tag,H\nA,g,a,x\nB,g,a,1\nA,g,c,1\n", to: "sites/points.csv")
        let faults = fixture.faults()
        let starts = [
            "hazardd.yaml:1: node is missing", "hazardd.yaml:3: logs is an unknown key",
            "policies.yaml:1: policies.night.repeat is \"soon\"", "sites/shengli.yaml:2: policy is \"day\"",
            "sites/points.csv:2: column H: \"x\"",
            "sites/points.csv:3: column tag: \"a\" of gateway g is already mapped",
            "sites/points.csv:4: column point: \"A\" stands in line 2 too",
        ]
        #expect(faults.count == starts.count)
        for (fault, start) in zip(faults, starts) { #expect(fault.hasPrefix(start), "\(fault)") }
    }
}
