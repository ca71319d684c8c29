package import Registry

/// What figures are counted and judged by: which operator position an alarm goes to, and what is recommended.
package struct FigureBasis: Sendable, Hashable {
    package let positions: PositionMap
    package let targets: AlarmTargets
    /// The standards profile that the targets are from, and its day.
    package let profile: String
    package let dated: String

    package init(positions: PositionMap, targets: AlarmTargets, profile: String, dated: String) {
        self.positions = positions
        self.targets = targets
        self.profile = profile
        self.dated = dated
    }

    /// As a configuration says.
    package init(_ configuration: Configuration) {
        self.init(
            positions: PositionMap(configuration.registry), targets: configuration.standards.alarmTargets,
            profile: configuration.standards.name, dated: configuration.standards.dated)
    }
}
