import Registry
import Settings
import Telemetry
import Testing

@Suite("Who of a tier is told")
struct NotifyTests {
    private static let policies = """
        people: {li: {name: 李, phone: "1"}, wang: {name: 王}}
        rosters:
          town:
            timezone: Asia/Shanghai
            shifts:
              - {name: day, from: "08:00", to: "20:00", people: [li]}
              - {name: night, from: "20:00", to: "08:00", days: [mon], people: [wang, li]}
        policies:
          default:
            notify:
              enterprise: [operational, technical, deputies]
              township: [roster: town]
              county: [principal, {roster: town}]
        """
    private static let site = """
        site: shengli
        responsible:
          principal: {name: 张三, phone: "0546-1"}
          operational: {name: 王五, phone: "0546-3", deputy: {name: 赵六, phone: "0546-4"}}
        """
    /// Monday, 23 November 2026, 21:00 in Shanghai.
    private static let mondayNight: Int64 = 1_795_438_800_000
    private static let day: Int64 = 86_400_000

    private func load(_ policies: String = policies, site: String = site) throws -> Configuration {
        let fixture = try RegistryFixture()
        try fixture.write(policies, to: "policies.yaml")
        try fixture.write(site, to: "sites/shengli.yaml")
        return try fixture.load()
    }

    private func audience(_ configuration: Configuration, _ tier: String, at instant: Int64) throws -> TierAudience {
        let policy = try #require(configuration.policies["default"])
        return configuration.duty.recipients(
            tier: tier, policy: policy, site: configuration.registry.sites.first, at: instant)
    }

    @Test("are the site's responsible persons by role, and their deputies where these are named")
    func responsible() throws {
        #expect(
            try audience(load(), "enterprise", at: NotifyTests.mondayNight)
                == .people([
                    Recipient(name: "王五", phone: "0546-3", duty: .responsible(.operational)),
                    Recipient(name: "赵六", phone: "0546-4", duty: .deputy(.operational)),
                ]))
    }

    @Test("are those on duty by the roster at that moment")
    func roster() throws {
        let configuration = try load()
        #expect(
            try audience(configuration, "township", at: NotifyTests.mondayNight)
                == .people([
                    Recipient(name: "王", duty: .roster("town", shift: "night")),
                    Recipient(name: "李", phone: "1", duty: .roster("town", shift: "night")),
                ]))
        #expect(
            try audience(configuration, "township", at: NotifyTests.mondayNight + NotifyTests.day)
                == .nobody(reason: "nobody is on duty by roster town"))
        #expect(
            try audience(configuration, "county", at: NotifyTests.mondayNight + NotifyTests.day)
                == .people([Recipient(name: "张三", phone: "0546-1", duty: .responsible(.principal))]))
    }

    @Test("is nobody by name where the policy has no entry, and the tier is not to be passed over")
    func unnamed() throws {
        let audience = try audience(load(), "city", at: NotifyTests.mondayNight)
        #expect(audience == .unnamed)
        #expect(audience.emptiness == nil && audience.recipients.isEmpty)
    }

    @Test("is nobody, with every reason, where those named are not there")
    func nobody() throws {
        var configuration = try load()
        let night = NotifyTests.mondayNight + NotifyTests.day
        let bare = try load(site: "site: shengli\n")
        #expect(
            try audience(bare, "county", at: night).emptiness
                == "shengli has no principal person; nobody is on duty by roster town")
        let policy = try #require(configuration.policies["default"])
        #expect(
            configuration.duty.recipients(tier: "enterprise", policy: policy, site: nil, at: night).emptiness
                == "an alarm of no single site has no operational person; an alarm of no single site has no technical person"
        )
        configuration = try load("policies: {default: {}}")
        #expect(
            configuration.duty.recipients(tier: "township", policy: policy, site: nil, at: night).emptiness
                == "there is no roster town any more")
    }

    @Test("is each person once")
    func once() throws {
        let site =
            "site: s\nresponsible: {principal: {name: 张}, technical: {name: 张, deputy: {name: 张, phone: \"2\"}}}\n"
        let configuration = try load(
            "policies: {default: {notify: {enterprise: [principal, technical, deputies]}}}", site: site)
        #expect(
            try audience(configuration, "enterprise", at: 0)
                == .people([
                    Recipient(name: "张", duty: .responsible(.principal)),
                    Recipient(name: "张", phone: "2", duty: .deputy(.technical)),
                ]))
    }

    @Test("goes by the node's time zone where a roster names none")
    func nodeZone() throws {
        let fixture = try RegistryFixture()
        let settings =
            "node: n1\nbroker: {urls: [\"mqtt://127.0.0.1\"]}\nregistry: sites\ntimezone: America/New_York\n"
        try fixture.write(settings, to: "hazardd.yaml")
        try fixture.write(
            """
            people: {li: {name: 李}}
            rosters: {r: {shifts: [{name: day, from: "08:00", to: "20:00", people: [li]}]}}
            policies: {}
            """, to: "policies.yaml")
        let roster = try #require(try fixture.load().duty.rosters["r"])
        #expect(roster.zone.identifier == "America/New_York")
        // 1 July 2026, 12:00 UTC is 08:00 there.
        #expect(roster.onDuty(at: 1_782_907_200_000).map(\.key) == ["li"])
        #expect(roster.onDuty(at: 1_782_907_200_000 - 1).isEmpty)
    }

    @Test("is noticed by a check where a site has none of the persons that its policy names")
    func notice() throws {
        let notices = try load(
            "policies: {default: {notify: {enterprise: [technical, deputies]}}}"
        ).notices.map(\.description)
        #expect(
            notices.contains(
                "policies.yaml:1: policies.default.notify.enterprise names technical, whom shengli does not have under "
                    + "responsible: the tier is passed over there"), "\(notices)")
        #expect(try !load().notices.contains { $0.description.contains("passed over") })
    }

    @Test("of a wrong policy is refused by the key's name")
    func faults() throws {
        let wrong = [
            ("notify: {village: [principal]}", "notify.village is for \"village\", which is no tier"),
            ("notify: {city: []}", "notify.city is an empty list"),
            ("notify: {city: [boss]}", "notify.city[0] is \"boss\""),
            ("notify: {city: [roster]}", "notify.city[0] is \"roster\""),
            ("notify: {city: [{roster: nightly}]}", "notify.city[0].roster is \"nightly\", which no roster is called"),
            ("notify: {city: [{person: li}]}", "notify.city[0].person is an unknown key"),
            ("notify: {city: [deputies]}", "notify.city names deputies of nobody"),
            ("notify: {city: [principal, principal]}", "notify.city[1] repeats what stands before it"),
            ("notify: [city]", "notify is a list"), ("notify: {city: principal}", "notify.city is \"principal\""),
        ]
        for (line, beginning) in wrong {
            let faults = try RosterFixture.faults("policies:\n  p:\n    \(line)\n")
            #expect(faults.first?.hasPrefix("policies.yaml:3: policies.p.\(beginning)") == true, "\(faults)")
            #expect(faults.allSatisfy { $0.contains("; valid: ") }, "\(faults)")
        }
    }
}
