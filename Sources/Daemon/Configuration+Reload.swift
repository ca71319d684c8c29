import Registry
import Settings

extension Configuration {
    /// This configuration with those settings of the running one that can change at a start only.
    func keeping(_ running: Settings) -> Configuration {
        var settings = settings
        settings.node = running.node
        settings.stateDirectory = running.stateDirectory
        settings.broker.clientID = running.broker.clientID
        settings.mqttCommands = running.mqttCommands
        return Configuration(
            settings: settings, registry: registry, policies: policies, standards: standards, notices: notices,
            fingerprint: fingerprint)
    }
}
