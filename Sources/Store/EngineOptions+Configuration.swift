package import Pipeline
package import Registry
import Settings

extension EngineOptions {
    /// - Parameters:
    ///   - hold: milliseconds for which escalations that fell due during the stop are held back.
    ///   - seed: what episodes and events get their identifiers from.
    package init(_ configuration: Configuration, hold: Int64, seed: UInt64) {
        self.init(
            node: configuration.settings.node, policies: configuration.policies,
            futureLimit: configuration.settings.clock.futureLimit, lagLimit: configuration.settings.clock.lagLimit,
            escalationHold: hold, seed: seed, holds: HoldRule(configuration.settings.incidents),
            specialPeriods: configuration.specialPeriods, duty: configuration.duty,
            grades: SourceGrades(configuration.registry, by: configuration.standards),
            flood: configuration.standards.alarmTargets.flood)
    }
}
