import Alarms
import Broker
import Logging
import Pipeline
import Registry
import Settings
import Store
import Telemetry

extension IngestLane {
    /// Does what other threads asked for, in order.
    func takeRequests(at now: Instant) {
        for item in inbox.takeAll() {
            switch item {
            case .command(let command, let reply):
                let outcome = engine.execute(command, at: now)
                answers.append { isCommitted in reply(isCommitted ? outcome : nil) }
            case .feedCursor(let sequence):
                feedCursor = sequence
            case .reload(let fresh, let reply):
                notifier.reloading(at: now.monotonic)
                if settle() { reply(reload(fresh, at: now)) } else { item.refuse() }
                notifier.ready(status: "recording \(configuration.registry.points.count) points")
            case .records(let records, let reply):
                pendingRecords += records
                for record in records where record.kind == .purge {
                    engine.note("hazard.history.purged.v1", data: record.body, at: now)
                }
                answers.append(reply)
                isSealDue = isSealDue || records.contains { $0.kind != .compaction }
            case .snapshot(let reply):
                reply(settle() && saveSnapshot(at: now))
            case .samples(let batch, let reply):
                take(batch, at: now, reply)
            case .stop:
                isStopping = true
            }
        }
    }

    /// Goes on under another configuration: the engine is rebuilt from what is committed, so that unchanged alarms
    /// and running delays stay as they are.
    /// - Returns: why it could not be done; then nothing has changed.
    private func reload(_ fresh: Configuration, at now: Instant) -> String? {
        noteFixed(fresh)
        let fresh = fresh.keeping(configuration.settings)
        do {
            let options = try SessionOptions(fresh.settings.broker)
            try store.save(snapshotOf: engine, at: now.wall)
            try store.adopt(fresh.registry)
            let rebuilt = Engine(
                registry: fresh.registry,
                options: EngineOptions(fresh, hold: 0, seed: UInt64.random(in: .min ... .max)), state: try store.load(),
                at: now)
            rebuilt.carryLiveness(from: engine)
            let applied = try store.apply(fingerprint: fresh.fingerprint, at: now.wall)
            configuration = fresh
            engine = rebuilt
            connectEngine()
            router = TopicRouter(fresh.settings.sources)
            decoders = IngestLane.decoders(fresh.settings)
            sessionOptions = options
            connector.replace(options: options)
            if applied.isNew { noteConfiguration(version: applied.version, at: now) }
            resubscribe()
            ProcessMemory.returnFree()
            logger.notice("reloaded: \(fresh.registry.points.count) points of \(fresh.registry.sites.count) sites")
            return nil
        } catch {
            // The store's numbers are those of the registry in force, whichever that is.
            try? store.adopt(configuration.registry)
            return "\(error)"
        }
    }

    private func resubscribe() {
        guard let session else { return }
        do {
            try subscribe(session)
        } catch {
            lose(session, "\(error)")
        }
    }

    /// Records which version of the configuration is in force from here on.
    func noteConfiguration(version: Int, at now: Instant) {
        var data = JSONText()
        data.member("version", Int64(version))
        data.member("fingerprint", configuration.fingerprint)
        data.member("sites", Int64(configuration.registry.sites.count))
        data.member("points", Int64(configuration.registry.points.count))
        engine.note("hazard.config.applied.v1", data: data.object, at: now)
    }

    func nodeFacts() -> String {
        var data = JSONText()
        data.member("node", configuration.settings.node)
        data.member("configuration", configuration.fingerprint)
        return data.object
    }

    /// Names the changed settings that take effect at the next start only.
    private func noteFixed(_ fresh: Configuration) {
        let old = configuration.settings
        let new = fresh.settings
        var fixed: [String] = []
        if old.node != new.node { fixed.append("node") }
        if old.stateDirectory != new.stateDirectory { fixed.append("state_directory") }
        if old.broker.clientID != new.broker.clientID { fixed.append("broker.client_id") }
        if old.commit.durability != new.commit.durability { fixed.append("commit.durability") }
        if old.mqttCommands != new.mqttCommands { fixed.append("commands.mqtt") }
        if old.http != new.http { fixed.append("http") }
        if old.log.format != new.log.format { fixed.append("log.format") }
        guard !fixed.isEmpty else { return }
        logger.warning(
            "reload-partial: \(fixed.joined(separator: ", ")) changed and will take effect at the next start")
    }
}
