package import Pipeline
package import Registry
import Settings
package import Telemetry

/// Carries out an operator's command while no daemon runs: takes the daemon's place for a moment.
package enum OfflineOperator {
    /// Rebuilds the engine as a start would, executes, commits and closes.
    /// - Throws: a `StoreError` of kind `locked` where a daemon holds the state directory.
    package static func execute(
        _ command: OperatorCommand, with configuration: Configuration, seed: UInt64, at now: Instant
    ) throws(StoreError) -> OperatorCommand.Outcome {
        let settings = configuration.settings
        let folder = StateFolder(settings.stateDirectory)
        // Without state there is no alarm to act on, and none is to be made here.
        _ = try StateReader(folder)
        let lock = try StateLock(folder, holder: "hazardctl \(command.action.rawValue)")
        defer { withExtendedLifetime(lock) {} }
        let store = try StateDatabase(folder, durability: settings.commit.durability)
        try store.adopt(configuration.registry)
        let engine = Engine(
            registry: configuration.registry,
            options: EngineOptions(
                node: settings.node, policies: configuration.policies, futureLimit: settings.clock.futureLimit,
                lagLimit: settings.clock.lagLimit, escalationHold: 0, seed: seed,
                holds: HoldRule(settings.incidents)),
            state: try store.load(), at: now)
        let outcome = engine.execute(command, at: now)
        try store.commit(engine.effects, gatewayRecord: { engine.record(ofGateway: $0) }, at: now.wall)
        try store.close()
        return outcome
    }
}
