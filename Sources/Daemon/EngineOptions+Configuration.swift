import Pipeline
import Registry
import Settings
import Store

extension EngineOptions {
    /// - Parameter hold: milliseconds for which escalations that fell due during the stop are held back.
    init(_ configuration: Configuration, hold: Int64) {
        var random = SystemRandomNumberGenerator()
        self.init(
            node: configuration.settings.node, policies: configuration.policies,
            futureLimit: configuration.settings.clock.futureLimit, lagLimit: configuration.settings.clock.lagLimit,
            escalationHold: hold, seed: random.next(),
            holds: HoldRule(configuration.settings.incidents))
    }
}
