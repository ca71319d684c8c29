import Foundation
import Registry
import Settings
import Testing

@Suite("The standards profile")
struct StandardsProfileTests {
    @Test("that is built in is the file in schemas/, byte for byte")
    func sameText() throws {
        let text = try RegistryFixture.standards()
        #expect(
            StandardsProfile.builtInBytes == Array(text.utf8),
            "copy schemas/standards-2026.yaml to Sources/Registry, or the other way round")
    }

    @Test("that is built in has the figures that were read, and no others")
    func figures() throws {
        let profile = try RegistryFixture.builtIn()
        #expect(profile.name == "standards-2026" && profile.dated == "2026-11-24")
        let critical = profile.substances.filter { $0.critical != nil }.map { "\($0.name) \($0.critical!.value)" }
        #expect(
            Set(critical) == [
                "ammonia 10.0", "chlorine 5.0", "hydrogen sulfide 5.0", "ethylene oxide 10.0", "phosgene 0.3",
                "hydrogen fluoride 1.0", "hydrogen 5.0", "LPG 50.0", "ethylene 50.0", "methane 50.0", "benzene 50.0",
                "acrylonitrile 50.0", "gasoline 200.0", "methanol 500.0", "toluene 500.0", "styrene 500.0",
            ])
        let beta = profile.substances.filter { $0.beta != nil }.map { "\($0.name) \($0.beta!.value)" }
        #expect(
            Set(beta) == [
                "carbon monoxide 2.0", "sulfur dioxide 2.0", "ammonia 2.0", "ethylene oxide 2.0",
                "hydrogen chloride 3.0", "methyl bromide 3.0", "chlorine 4.0", "hydrogen sulfide 5.0",
                "hydrogen fluoride 5.0", "nitrogen dioxide 10.0", "hydrogen cyanide 10.0", "phosgene 20.0",
                "phosphine 20.0", "methyl isocyanate 20.0",
            ])
        let classes = [
            "J1": 4, "J2": 1, "J3": 2, "J4": 2, "J5": 1, "W1.1": 2, "W1.12": 2, "W2": 1.5, "W3": 1, "W5.1": 1.5,
            "W5.2": 1, "W5.3": 1, "W5.4": 1,
        ]
        for (name, beta) in classes { #expect(profile.hazardClass(name)?.beta?.value == beta, "\(name)") }
        for name in ["J6", "j1", "W1", "W1.", "W1.x", "W1.a", "W11", "W4", "W5", "W6", "W11.1"] {
            #expect(profile.hazardClass(name) == nil, "\(name)")
        }
        #expect(profile.exposures.isEmpty)
        #expect(profile.gasProfiles.keys.sorted() == ["gb50493"])
    }

    @Test("that is built in has what alarm figures are held against, each group with its source")
    func alarmTargets() throws {
        let targets = try RegistryFixture.builtIn().alarmTargets
        #expect(targets.average == 1 && targets.mostAverage == 2 && targets.peak == 10)
        #expect(targets.intervalsAbove == 0.01 && targets.mostFrequent == 0.05 && targets.floodTime == 0.01)
        #expect(targets.flood == FloodRule(startsAbove: 10, endsBelow: 5))
        #expect(targets.chatterWindow == 60_000 && targets.fleetingWithin == 10_000)
        #expect(targets.staleAfter == 86_400_000 && targets.stale == 5)
        #expect(targets.lowShare == 0.8 && targets.mediumShare == 0.15 && targets.highShare == 0.05)
        #expect(Set(targets.sources.keys) == Set(AlarmTargets.Key.allCases))
        #expect(targets.sources[.priorities]?.certainty == .read && targets.sources[.fleeting]?.certainty == .site)
        #expect(targets.sources[.flood]?.certainty == .memory)
    }

    @Test("says of every group of figures where it is from and how sure that is")
    func certainty() throws {
        let profile = try RegistryFixture.builtIn()
        let ammonia = try #require(profile.substance("ammonia"))
        #expect(ammonia.critical?.origin == "GB 18218-2018, from a secondary copy")
        #expect(ammonia.beta?.origin == "GB 18218-2018, read at its source")
        #expect(
            profile.hazardClass("J1")?.beta?.origin == "GB 18218-2018, Table 4, class J1, from a secondary copy")
        #expect(profile.grading.alphaSource.certainty == .read && profile.grading.gradeSource.certainty == .read)
        #expect("\(profile.gasProfiles["gb50493"]!.source)" == "GB/T 50493-2019, 5.5.2, read at its source")
    }

    @Test(
        "knows a substance by its names in either language, whatever the capitals",
        arguments: [
            ("液氨", "ammonia"), ("氨", "ammonia"), ("Ammonia", "ammonia"), (" anhydrous  AMMONIA", "ammonia"),
            ("nh3", "ammonia"), ("硫化氢", "hydrogen sulfide"), ("液化石油气", "LPG"), ("lpg", "LPG"),
        ])
    func names(written: String, name: String) throws {
        #expect(try RegistryFixture.builtIn().substance(written)?.name == name)
        #expect(try RegistryFixture.builtIn().substance(written + "x") == nil)
    }

    @Test("of the site's own, named in the settings, takes the built-in one's place")
    func replacement() throws {
        let fixture = try RegistryFixture.hazardSource("substances: [{name: ammonia, quantity_t: 40}]")
        let before = try fixture.load()
        try fixture.useStandards(
            replacing: "[氨, 液氨, NH3, anhydrous ammonia], critical_t: 10",
            with: "[氨, 液氨, NH3, anhydrous ammonia], critical_t: 20")
        let after = try fixture.load()
        #expect(before.registry.sites[0].hazardSources[0].substances[0].critical.value == 10)
        #expect(after.registry.sites[0].hazardSources[0].substances[0].critical.value == 20)
        #expect(after.standards.substance("氨")?.critical?.value == 20)
    }

    @Test("is covered by the fingerprint and handed over with the configuration, built in or not")
    func fingerprint() throws {
        let fixture = try RegistryFixture()
        var kept: [String: [UInt8]] = [:]
        let file = fixture.folder.appendingPathComponent("hazardd.yaml").path
        _ = try Configuration.load(settingsFile: file, environment: [:]) { kept[$0] = $1 }
        #expect(kept["standards-2026.yaml"] == StandardsProfile.builtInBytes)
        try fixture.useStandards(replacing: "r: 100}", with: "r: 100}")
        let before = try fixture.load().fingerprint
        kept = [:]
        _ = try Configuration.load(settingsFile: file, environment: [:]) { kept[$0] = $1 }
        #expect(kept["own.yaml"] != nil && kept["standards-2026.yaml"] == nil)
        try fixture.useStandards(replacing: "r: 100}", with: "r: 101}")
        #expect(try fixture.load().fingerprint != before)
    }
}
