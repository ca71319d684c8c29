import Foundation
package import Settings

extension Configuration {
    /// This configuration with rules that are proposed instead of its own, read by the same standards profile.
    /// - Parameters:
    ///   - folder: of site files, as given on a command line.
    ///   - policies: a policies file, as given on a command line; nil to keep the policies.
    package func proposing(
        registry folder: String, policies file: String?
    ) throws(ConfigurationRejected) -> Configuration {
        let log = FaultLog()
        let base = SourceFile(argument: folder)
        var loader = ConfigurationLoader(log: log, base: base)
        let read = file.map { loader.readPolicies(at: SourceFile(argument: $0).path, timeZone: settings.timeZone) }
        let policies = read?.policies ?? self.policies
        let registry = loader.readRegistry(in: base.path, policies: Set(policies.keys), standards: standards)
        let specialPeriods = read.map { $0.settle(registry) } ?? self.specialPeriods
        try log.rejectIfFaulty()
        return Configuration(
            settings: settings, registry: registry, policies: policies, duty: read?.duty ?? duty,
            specialPeriods: specialPeriods, standards: standards, notices: log.notices,
            fingerprint: loader.fingerprint.text)
    }
}
