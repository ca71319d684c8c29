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
        // Without state there is no alarm to act on, and none is to be made here.
        _ = try StateReader(StateFolder(configuration.settings.stateDirectory))
        let state = try OfflineState(configuration, holder: command.action.rawValue, seed: seed, at: now)
        defer { withExtendedLifetime(state) {} }
        let (store, engine) = (state.store, state.engine)
        let outcome = engine.execute(command, at: now)
        try store.commit(engine.effects, gatewayRecord: { engine.record(ofGateway: $0) }, at: now.wall)
        try store.close()
        return outcome
    }
}
