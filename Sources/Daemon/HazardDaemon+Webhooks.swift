import Logging
import Registry
import Settings
import Store
import Synchronization
import Webhooks

extension HazardDaemon {
    /// Begins to deliver to the configured targets, and sees to it that no event from here on passes a new one by.
    /// To be called before the pipeline's thread runs.
    func startWebhooks(_ store: StateDatabase, _ configuration: Configuration) throws(StoreError) -> Webhooks {
        var random = SystemRandomNumberGenerator()
        let reader = store.reader
        let webhooks = Webhooks(
            surroundings: WebhookSurroundings(
                events: { after, limit in try reader.events(after: after, limit: limit) },
                lastSequence: { try reader.lastSequence() },
                cursor: { name in try reader.knownCursor(name) },
                advance: { [inbox] name, sequence in _ = inbox.put(.cursor(name: name, sequence: sequence, reply: nil))
                },
                board: board),
            seed: random.next(), logger: logger)
        do {
            try webhooks.start(webhookTargets(configuration))
        } catch {
            throw error as? StoreError ?? StoreError(.failed, "the webhooks' cursors cannot be read: \(error)")
        }
        self.webhooks.withLock { $0 = webhooks }
        return webhooks
    }

    /// The targets a configuration names; one whose secrets cannot be read is said to be so and left out.
    func webhookTargets(_ configuration: Configuration) -> [WebhookTarget] {
        let sites = configuration.registry.sites
        let areas = Dictionary(sites.map { ($0.name, $0.area) }) { first, _ in first }
        return configuration.settings.webhooks.compactMap { settings in
            for name in settings.sites where areas[name] == nil && !name.hasPrefix("_") {
                logger.warning(
                    "webhook-site: webhook \(settings.name) names the site \"\(name)\", which the registry has not")
            }
            do throws(WebhookSecrets.Problem) {
                return try WebhookTarget(settings, areas: areas)
            } catch {
                logger.error(
                    "webhook-secret: webhook \(settings.name): \(settings.secretFile) \(error); nothing is sent to it")
                return nil
            }
        }
    }
}
