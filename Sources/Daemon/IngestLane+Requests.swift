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
            case .cursor(let name, let sequence, let reply):
                cursors[name] = sequence
                if let reply {
                    answers.append(reply)
                    isCursorAwaited = true
                }
            case .reload(let fresh, let draft, let reply):
                notifier.reloading(at: now.monotonic)
                if settle() { reload(fresh, draft, at: now, reply) } else { item.refuse() }
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
            case .claim(let waiting):
                admit(waiting)
            case .report(let waiting):
                admit(waiting)
            case .stop:
                isStopping = true
            }
        }
    }

    /// Goes on under another configuration: the engine is rebuilt from what is committed, so that unchanged alarms
    /// and running delays stay as they are.
    /// - Parameter reply: told what became of the alarms once the change is committed, or why it could not be done;
    ///   then nothing has changed.
    private func reload(
        _ fresh: Configuration, _ draft: ConfigurationDraft?, at now: Instant,
        _ reply: @escaping @Sendable (ReloadAnswer) -> Void
    ) {
        noteFixed(fresh)
        let fresh = fresh.keeping(configuration.settings)
        do {
            let applied = try draft.map { try $0.applied(at: now.wall) }
            if let draft, draft.version <= (try store.reader.configurationVersion(nil)?.version ?? 0) {
                throw StoreError(.failed, "another configuration was applied meanwhile; try again")
            }
            let options = try SessionOptions(fresh.settings.broker)
            try store.save(snapshotOf: engine, at: now.wall)
            try store.adopt(fresh.registry)
            let rebuilt = Engine(
                registry: fresh.registry,
                options: EngineOptions(fresh, hold: 0, seed: UInt64.random(in: .min ... .max)), state: try store.load(),
                at: now)
            rebuilt.carryLiveness(from: engine)
            let alarms = AlarmChanges(from: engine.standing, to: rebuilt.standing)
            configuration = fresh
            engine = rebuilt
            connectEngine()
            router = TopicRouter(fresh.settings.sources)
            decoders = IngestLane.decoders(fresh.settings)
            sessionOptions = options
            connector.replace(options: options)
            if let applied { noteConfiguration(applied, at: now) }
            resubscribe()
            ProcessMemory.returnFree()
            let size = "\(fresh.registry.points.count) points of \(fresh.registry.sites.count) sites"
            logger.notice(
                "reloaded: \(size); \(alarms.kept) alarms stand as before, \(alarms.changes.count) do not")
            guard needsCommit else { return reply(.done(alarms)) }
            answers.append { isCommitted in
                reply(isCommitted ? .done(alarms) : .failed("the store did not take it before the daemon stopped"))
            }
        } catch {
            // The store's numbers are those of the registry in force, whichever that is.
            try? store.adopt(configuration.registry)
            reply(.failed("\(error)"))
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

    /// Puts on record which configuration is in force from here on, with the next commit.
    func noteConfiguration(_ applied: (version: ConfigurationVersion, record: ChainRecord), at now: Instant) {
        let version = applied.version
        pendingRecords.append(applied.record)
        pendingConfiguration = version
        var data = JSONText()
        data.member("version", Int64(version.version))
        data.member("fingerprint", configuration.fingerprint)
        data.member("sites", Int64(configuration.registry.sites.count))
        data.member("points", Int64(configuration.registry.points.count))
        data.member("author", version.author)
        data.member("reason", version.reason)
        data.member("points_added", version.changes.map { Int64($0.pointsAdded) })
        data.member("points_removed", version.changes.map { Int64($0.pointsRemoved) })
        data.member("points_changed", version.changes.map { Int64($0.pointsChanged) })
        data.member("other_changes", version.changes.map { Int64($0.other) })
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
        if let listener = new.http, old.http?.listens(otherThan: listener) ?? true { fixed.append("http") }
        if old.http != nil, new.http == nil { fixed.append("http") }
        if old.log.format != new.log.format { fixed.append("log.format") }
        guard !fixed.isEmpty else { return }
        logger.warning(
            "reload-partial: \(fixed.joined(separator: ", ")) changed and will take effect at the next start")
    }
}
