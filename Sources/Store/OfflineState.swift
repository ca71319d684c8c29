package import Pipeline
package import Registry
import Settings
package import Telemetry

/// The state as a command takes it in hand while no daemon runs: locked, opened, and the engine rebuilt as a start would.
package struct OfflineState {
    package let store: StateDatabase
    package let engine: Engine
    /// Held for as long as the state is in hand.
    private let lock: StateLock

    /// - Parameter holder: the command's name, told to whoever comes second.
    /// - Throws: a `StoreError` of kind `locked` where a daemon holds the state directory.
    package init(
        _ configuration: Configuration, holder: String, seed: UInt64, at now: Instant
    ) throws(StoreError) {
        let settings = configuration.settings
        let folder = StateFolder(settings.stateDirectory)
        lock = try StateLock(folder, holder: "hazardctl \(holder)")
        store = try StateDatabase(folder, durability: settings.commit.durability)
        try store.adopt(configuration.registry)
        engine = Engine(
            registry: configuration.registry,
            options: EngineOptions(configuration, hold: 0, seed: seed),
            state: try store.load(), at: now)
    }
}
