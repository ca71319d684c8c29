package import Settings

/// Settings, registry and policies that were checked together and can be applied.
package struct Configuration: Sendable {
    package let settings: Settings
    package let registry: Registry
    /// By name; `default` is always there.
    package let policies: [String: EscalationPolicy]
    /// Who is on duty.
    package let duty: DutyPlan
    /// When policies are tightened, in the file's order.
    package let specialPeriods: [SpecialPeriod]
    /// The standards' figures that the registry was read by.
    package let standards: StandardsProfile
    /// Who may ask over HTTP; nil where the settings name no tokens file, or this user may not read it.
    package let tokens: [AccessToken]?
    /// What is accepted but has no effect yet, or less than one might think.
    package let notices: [Fault]
    /// Changes whenever a byte of any file read does.
    package let fingerprint: String

    package init(
        settings: Settings, registry: Registry, policies: [String: EscalationPolicy],
        duty: DutyPlan = DutyPlan(), specialPeriods: [SpecialPeriod] = [], standards: StandardsProfile,
        tokens: [AccessToken]? = nil,
        notices: [Fault] = [], fingerprint: String = ""
    ) {
        self.settings = settings
        self.registry = registry
        self.policies = policies
        self.duty = duty
        self.specialPeriods = specialPeriods
        self.standards = standards
        self.tokens = tokens
        self.notices = notices
        self.fingerprint = fingerprint
    }

    /// Reads everything a settings file names, and refuses it as a whole with every fault found.
    package static func load(
        settingsFile: String, environment: [String: String]
    ) throws(ConfigurationRejected) -> Configuration {
        try load(settingsFile: settingsFile, environment: environment) { _, _ in }
    }

    /// The same, handing over every file that the fingerprint covers: settings, policies, standards profile, sites and
    /// point lists. Files that hold secrets are named in the settings and not among them.
    package static func load(
        settingsFile: String, environment: [String: String], keep: @escaping (_ name: String, _ bytes: [UInt8]) -> Void
    ) throws(ConfigurationRejected) -> Configuration {
        let log = FaultLog()
        var loader = ConfigurationLoader(log: log, keep: keep)
        let settings = loader.readSettings(SourceFile(settings: settingsFile), environment: environment)
        guard let settings else {
            try log.rejectIfFaulty()
            let fault = Fault(file: settingsFile, line: nil, message: "the file has no settings; valid: a mapping")
            throw ConfigurationRejected(faults: [fault])
        }
        let policies = loader.readPolicies(at: settings.policiesFile, timeZone: settings.timeZone)
        let standards = loader.readStandards(settings)
        let registry = loader.readRegistry(settings, policies: Set(policies.policies.keys), standards: standards)
        let specialPeriods = policies.settle(registry)
        let tokens = loader.readTokens(settings)
        try log.rejectIfFaulty()
        guard let standards else {
            let fault = Fault(file: settingsFile, line: nil, message: "there is no standards profile to go by")
            throw ConfigurationRejected(faults: [fault])
        }
        return Configuration(
            settings: settings, registry: registry, policies: policies.policies, duty: policies.duty,
            specialPeriods: specialPeriods, standards: standards, tokens: tokens, notices: log.notices,
            fingerprint: loader.fingerprint.text)
    }
}
