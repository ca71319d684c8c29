package import Registry
package import Settings

extension Configuration {
    /// This configuration with those settings of the running one that can change at a start only.
    package func keeping(_ running: Settings) -> Configuration {
        var settings = settings
        settings.node = running.node
        settings.stateDirectory = running.stateDirectory
        settings.broker.clientID = running.broker.clientID
        settings.mqttCommands = running.mqttCommands
        return Configuration(
            settings: settings, registry: registry, policies: policies, duty: duty, specialPeriods: specialPeriods,
            standards: standards, tokens: tokens, notices: notices, fingerprint: fingerprint)
    }
}
