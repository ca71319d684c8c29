import Settings

/// All figures that come from standards, as one dated file that can be replaced.
package struct StandardsProfile: Hashable, Sendable {
    package enum Key: String, SectionKey {
        case profile, dated, grading, substances, classes
        case gasProfiles = "gas_profiles"
        case exposure
        case alarmSystem = "alarm_system"
    }

    /// The keys of `substances` and `classes`.
    package enum TableKey: String, SectionKey {
        case criticalSource = "critical_t_source"
        case betaSource = "beta_source"
        case table
    }

    /// The file that is built in: `schemas/standards-2026.yaml`.
    package static let builtInFile = "standards-2026.yaml"
    package static var builtInBytes: [UInt8] { PackageResources.standards_2026_yaml }

    package let name: String
    /// The day it was drawn up, `YYYY-MM-DD`.
    package let dated: String
    package let grading: GradingRules
    package let substances: [StandardSubstance]
    package let classes: [HazardClass]
    /// By name.
    package let gasProfiles: [String: GasProfile]
    package let exposures: [ExposureLimit]
    /// What the figures of the alarm system are held against.
    package let alarmTargets: AlarmTargets
    /// Positions in `substances` by every name, folded.
    private let places: [String: Int]

    package init(
        name: String, dated: String, grading: GradingRules, substances: [StandardSubstance], classes: [HazardClass],
        gasProfiles: [String: GasProfile], exposures: [ExposureLimit], alarmTargets: AlarmTargets
    ) {
        self.name = name
        self.dated = dated
        self.grading = grading
        self.substances = substances
        self.classes = classes
        self.gasProfiles = gasProfiles
        self.exposures = exposures
        self.alarmTargets = alarmTargets
        places = Dictionary(
            substances.enumerated().flatMap { place, substance in
                ([substance.name] + substance.aliases).map { (StandardsProfile.folded($0), place) }
            }, uniquingKeysWith: { first, _ in first })
    }

    /// The substance of a name in either language, whatever its capitals.
    package func substance(_ name: String) -> StandardSubstance? {
        places[StandardsProfile.folded(name)].map { substances[$0] }
    }

    package func hazardClass(_ name: String) -> HazardClass? {
        classes.first { $0.covers(name) }
    }

    /// The exposure limits of a substance, by any of its names, one a unit.
    func exposures(of name: String) -> [ExposureLimit] {
        let wanted = canonical(name)
        return exposures.filter { canonical($0.substance) == wanted }
    }

    /// One name for all that a substance has.
    func canonical(_ name: String) -> String {
        StandardsProfile.folded(substance(name)?.name ?? name)
    }

    /// The names of gas profiles, for faults.
    var gasProfileNames: String { gasProfiles.keys.sorted().joined(separator: ", ") }

    /// Without what does not tell two names apart.
    static func folded(_ name: String) -> String {
        name.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
