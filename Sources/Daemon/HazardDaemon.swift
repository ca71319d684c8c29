import AlarmFigures
import Broker
import Evidence
import Feed
import Figures
import Foundation
import Logging
import OperatorAPI
import Pipeline
package import Registry
import Settings
package import Store
import Synchronization
import Telemetry
import Webhooks

/// The daemon put together: opens the state, rebuilds the engine, starts the lane, the feed and the control
/// socket, and takes them down again in the reverse order.
package final class HazardDaemon: Sendable {
    let settingsFile: String
    private let configuration: Configuration
    /// What the configuration was read from, until it is on record.
    private let files: Mutex<ConfigurationFiles>
    let logger: Logger
    private let logLevel: LineLogHandler.SharedLevel
    let inbox = Inbox()
    private let keeper = Mutex<HistoryKeeper?>(nil)
    private let interface = Mutex<HTTPInterface?>(nil)
    let webhooks = Mutex<Webhooks?>(nil)
    private let figureBasis: FigureWatch.Basis
    let board = FigureBoard(startedAt: SystemClock.now().monotonic)

    package init(settingsFile: String, configuration: Configuration, files: ConfigurationFiles) {
        self.settingsFile = settingsFile
        self.configuration = configuration
        self.files = Mutex(files)
        figureBasis = FigureWatch.Basis(configuration)
        let log = configuration.settings.log
        let level = LineLogHandler.SharedLevel(Logger.Level(log.level))
        logLevel = level
        logger = Logger(label: "hazardd") { _ in LineLogHandler(level: level, isJSON: log.format == .json) }
    }

    /// Runs until a signal stops it; blocks the calling thread.
    package func run() throws(StoreError) {
        let folder = StateFolder(configuration.settings.stateDirectory)
        try folder.create()
        let lock = try StateLock(folder, holder: "hazardd node \(configuration.settings.node)")
        let faults = FaultPlan(ProcessInfo.processInfo.environment[FaultPlan.variable])
        if faults.isActive { logger.warning("faults-on-purpose: \(FaultPlan.variable) is set; for tests only") }
        let store = try StateDatabase(folder, durability: configuration.settings.commit.durability)
        store.commitFault = { faults.nextCommitFault() }
        try store.recordWriter(process: ProcessInfo.processInfo.processIdentifier)
        let lane = try makeLane(store, faults)
        // What reading the registry took and gave back would otherwise stay with the process.
        ProcessMemory.returnFree()
        watchSignals(store.reader)
        let feed = startFeed(store, lane.sessionOptions)
        let webhooks = try startWebhooks(store, configuration)
        logNotices()
        let keeper = HistoryKeeper(
            reader: store.reader, folder: folder, settings: configuration.settings,
            points: configuration.registry.points.count, inbox: inbox, logger: logger)
        self.keeper.withLock { $0 = keeper }
        let interface = makeInterface(store, folder, keeper)
        self.interface.withLock { $0 = interface }
        lane.eventsCommitted = {
            feed.eventsCommitted($0)
            webhooks.eventsCommitted()
            interface.eventsCommitted()
        }
        lane.isReachable = { interface.isSettled }
        let watch = FigureWatch(reader: store.reader, board: board, basis: figureBasis, logger: logger)
        interface.start()
        keeper.start()
        watch.start()
        runOnThread(lane)
        watch.stop()
        keeper.stop()
        interface.stop()
        feed.stop()
        webhooks.stop()
        // What cannot be kept now is only sent once more.
        try? store.keep(cursors: inbox.lateCursors)
        try store.close()
        logger.notice("stopped")
        withExtendedLifetime(lock) {}
    }

    private func makeLane(_ store: StateDatabase, _ faults: FaultPlan) throws(StoreError) -> IngestLane {
        let now = SystemClock.now()
        let tables = Ahead { [registry = configuration.registry] in EngineTables(registry, at: now) }
        try store.adopt(configuration.registry)
        let hold: Int64 = configuration.settings.mqttCommands ? 5_000 : 0
        let engine = Engine(
            registry: configuration.registry,
            options: EngineOptions(configuration, hold: hold, seed: UInt64.random(in: .min ... .max)),
            state: try store.load(), tables: { tables.take() }, at: now)
        let options: SessionOptions
        do {
            options = try SessionOptions(configuration.settings.broker)
        } catch {
            throw StoreError(.failed, "broker.password_file cannot be read: \(error)")
        }
        let lane = IngestLane(
            configuration: configuration, sessionOptions: options, store: store, engine: engine,
            sealer: try makeSealer(store), inbox: inbox,
            board: board, faults: faults,
            notifier: ServiceNotifier(environment: ProcessInfo.processInfo.environment), logger: logger, at: now)
        lane.engine.note("hazard.node.started.v1", data: lane.nodeFacts(), at: now)
        let draft = try ConfigurationDraft(
            files.withLock { $0 }, fingerprint: configuration.fingerprint, author: "start", reason: nil,
            after: store.reader)
        files.withLock { $0 = ConfigurationFiles() }
        if let draft { lane.noteConfiguration(try draft.applied(at: now.wall), at: now) }
        return lane
    }

    private func makeSealer(_ store: StateDatabase) throws(StoreError) -> Sealer {
        do {
            return try Sealer(store, node: configuration.settings.node)
        } catch {
            throw StoreError(.failed, "evidence cannot be signed: \(error)")
        }
    }

    private func watchSignals(_ reader: StateReader) {
        SignalWatch.start { [self] signal in
            switch signal {
            case .stop: _ = inbox.put(.stop)
            case .reload: reload(author: "SIGHUP", reason: nil, reader: reader) { _ in }
            }
        }
    }

    /// What of a new configuration concerns others than the pipeline.
    func adopt(_ fresh: Configuration) {
        logLevel.withLock { $0 = Logger.Level(fresh.settings.log.level) }
        figureBasis.adopt(fresh)
        keeper.withLock { $0 }?.adopt(
            fresh.keeping(configuration.settings).settings, points: fresh.registry.points.count)
        interface.withLock { $0 }?.adopt(fresh)
        webhooks.withLock { $0 }?.adopt(webhookTargets(fresh))
    }

    private func startFeed(_ store: StateDatabase, _ ingest: SessionOptions) -> Feed {
        var random = SystemRandomNumberGenerator()
        let node = configuration.settings.node
        let acceptsCommands = configuration.settings.mqttCommands
        let surroundings = Feed.Surroundings(
            reader: store.reader, board: board,
            advance: { [inbox] sequence in _ = inbox.put(.cursor(name: "feed", sequence: sequence, reply: nil)) },
            execute: { [inbox] command in inbox.executeAndWait(command) })
        return Feed(
            node: node, options: Feed.options(ingest, node: node, acceptsCommands: acceptsCommands),
            acceptsCommands: acceptsCommands, surroundings: surroundings, seed: random.next(), logger: logger)
    }

    private func makeInterface(
        _ store: StateDatabase, _ folder: StateFolder, _ keeper: HistoryKeeper
    ) -> HTTPInterface {
        let reader = store.reader
        let reload = ReloadRoutes { [self] author, reason in
            await self.reload(author: author, reason: reason, reader: reader)
        }
        return HTTPInterface(
            configuration,
            HTTPInterface.Surroundings(
                reader: reader, folder: folder, inbox: inbox, history: keeper, board: board, basis: figureBasis,
                reload: reload), logger: logger)
    }

    private func runOnThread(_ lane: IngestLane) {
        // The lane is made here and handed to its thread, which alone uses it from then on.
        nonisolated(unsafe) let lane = lane
        let done = DispatchSemaphore(value: 0)
        let thread = Thread {
            ThreadPriority.beginAtOnce()
            ThreadName.adopt("pipeline")
            unsafe lane.run()
            done.signal()
        }
        thread.stackSize = 8 << 20
        thread.start()
        done.wait()
    }

    private func logNotices() {
        for notice in configuration.notices { logger.notice("setting-without-effect: \(notice)") }
        let registry = configuration.registry
        logger.info(
            "started: node \(configuration.settings.node), \(registry.points.count) points, \(registry.sites.count) sites"
        )
    }
}

extension Logger.Level {
    /// The settings' word for it.
    init(_ level: LogSettings.Level) {
        self = Logger.Level(rawValue: level.rawValue) ?? .info
    }
}
