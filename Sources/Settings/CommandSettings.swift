/// The keys of `commands`; the setting itself is `Settings.mqttCommands`.
package enum CommandSettings {
    package enum Key: String, SectionKey {
        case mqtt
    }
}
