import Broker
import Decoding
import Evidence
import Feed
import Figures
import Logging
import Pipeline
import Registry
import Settings
import Store
import Telemetry

/// The pipeline's thread: reads a burst from the broker, runs it through the engine, commits what follows in one
/// transaction, and only then lets the acknowledgements out and answers whoever asked for something.
///
/// Owns the ingest session, the engine and the store's writing side; nothing else touches them.
final class IngestLane {
    var configuration: Configuration
    let store: StateDatabase
    var engine: Engine
    let inbox: Inbox
    let board: FigureBoard
    var notifier: ServiceNotifier
    let faults: FaultPlan
    let logger: Logger
    let connector: Connector
    var sessionOptions: SessionOptions
    var session: MQTTSession?
    var router: TopicRouter
    var decoders: [TelemetryDecoder]
    var reserve: SpaceReserve
    /// Called after every commit that brought events.
    var eventsCommitted: (CommittedEvents) -> Void = { _ in }
    /// Whether whoever is told that the node is ready can ask it something.
    var isReachable: () -> Bool = { true }

    var isStopping = false
    /// Whether reading waits because the disk is full: the broker keeps what it is not told to forget.
    var isHolding = false
    var committedTotals: Accounting
    /// How far consumers of events have come, to be kept with the next commit.
    var cursors: [String: Int64] = [:]
    /// Whether somebody waits for that commit.
    var isCursorAwaited = false
    let sealer: Sealer
    /// Records to go into the chain with the next commit.
    var pendingRecords: [ChainRecord]
    /// The configuration to be recorded as in force with the next commit.
    var pendingConfiguration: ConfigurationVersion?
    /// Whether the chain's head is to be signed before the hour is over.
    var isSealDue = false
    /// Told whether what was asked for is committed.
    var answers: [(_ isCommitted: Bool) -> Void] = []
    /// Consumers that wait for something to claim, in the order in which they came.
    var waitingClaims: [WaitingClaim] = []
    /// What consumers say of their tasks, in the order in which it came.
    var waitingReports: [WaitingReport] = []
    /// Since when what consumers want has been put off for samples, on the monotonic clock.
    var consumersDeferred: Int64?
    /// When there is something to be done for a consumer, on the monotonic clock.
    var consumerDeadline: Int64?
    /// When the last message was read, on the monotonic clock.
    var lastMessage: Int64 = 0
    /// When the running burst's first message was read, in nanoseconds on the monotonic clock.
    var burstBegan: Int64?
    var subscriptionsOwed: Set<Int32> = []
    /// Points by the names under which imported samples came, as the registry in force has them.
    var importNames: [String: PointIndex] = [:]
    /// Topics being unsubscribed from.
    var subscriptionsFormer: [String] = []
    var schedule: Housekeeping
    var isSubscribed = false
    /// Bursts committed since the start.
    var bursts: Int64 = 0
    var hasCommitted: Bool { bursts > 0 }
    /// Whether it was said that telemetry is subscribed to, something was committed, and requests are taken.
    private var isReady = false

    init(
        configuration: Configuration, sessionOptions: SessionOptions, store: StateDatabase, engine: Engine,
        sealer: Sealer, inbox: Inbox, board: FigureBoard, faults: FaultPlan, notifier: ServiceNotifier, logger: Logger,
        at now: Instant
    ) {
        self.configuration = configuration
        self.sessionOptions = sessionOptions
        self.store = store
        self.sealer = sealer
        pendingRecords = [sealer.introduction].compactMap { $0 }
        self.engine = engine
        self.inbox = inbox
        self.board = board
        self.notifier = notifier
        self.faults = faults
        self.logger = logger
        var random = SystemRandomNumberGenerator()
        connector = Connector(
            options: sessionOptions, backOff: BackOff(limit: 5_000), random: RandomState(seed: random.next()))
        router = TopicRouter(configuration.settings.sources)
        decoders = IngestLane.decoders(configuration.settings)
        reserve = SpaceReserve(store.folder)
        committedTotals = engine.totals
        schedule = Housekeeping(startedAt: now)
        connectEngine()
    }

    /// Works until told to stop. What was read is committed before it returns, unless the store refuses it.
    func run() {
        connector.request()
        while !isStopping { turn() }
        close()
    }

    static func decoders(_ settings: Settings) -> [TelemetryDecoder] {
        settings.sources.map { TelemetryDecoder(timeZone: $0.timeZone ?? settings.timeZone) }
    }

    func connectEngine() {
        importNames = [:]
        for place in waitingClaims.indices { waitingClaims[place].seen = nil }
        board.update { figures in
            figures.sites = configuration.registry.sites.count
            figures.points = configuration.registry.points.count
            figures.gateways = configuration.registry.gateways.count
        }
        let store = store
        let registry = configuration.registry
        engine.journalLookup = { point, time in
            (try? store.recordedValue(point, gateway: registry[point].gateway, at: time)) ?? nil
        }
    }

    private func turn() {
        wait()
        if !isHolding, let fresh = connector.take() { adopt(fresh) }
        let hasMessages = session.map(readBurst) ?? false
        let now = SystemClock.now()
        if isHolding { engine.suspendLiveness(at: now) }
        engine.advance(to: now)
        takeRequests(at: now)
        if serveConsumers(at: now, hasMessages: hasMessages), let session {
            // What came meanwhile goes into this commit instead of waiting for it, and may be what a claim waits for.
            if readBurst(session), !waitingClaims.isEmpty { consumerDeadline = now.monotonic }
        }
        guard settle() else { return }
        flush()
        deleteCompacted()
        houseKeep(at: SystemClock.now())
        if isSubscribed, hasCommitted, !isReady, isReachable() {
            isReady = true
            notifier.ready(status: "recording \(configuration.registry.points.count) points")
            logger.notice("ready: telemetry is subscribed to and recorded")
        }
        finishTurn()
    }

    /// Says that the pipeline lives: after a committed burst, or a turn without one.
    private func finishTurn() {
        let now = SystemClock.now().monotonic
        board.update { $0.lastTurn = now }
        notifier.alive(at: now)
    }

    /// Sleeps until there is something to do. Nothing is uncommitted here, so what is left of the last flush may go.
    private func wait() {
        let now = SystemClock.now().monotonic
        var due = min(schedule.nextTick, engine.nextDeadline ?? .max)
        if needsCommit { due = now }
        if let consumerDeadline { due = min(due, consumerDeadline) }
        if isHolding { due = min(due, now + 200) }
        if session?.mayHaveMore == true { due = now }
        var interests = [PollInterest(inbox.wake.descriptor)]
        if let session {
            interests.append(PollInterest(session.descriptor, write: session.wantsWrite))
        } else if !isHolding {
            interests.append(PollInterest(connector.descriptor))
        }
        let ready = Poll.wait(interests, timeout: Int(clamping: max(0, min(due - now, 1_000))))
        if session != nil, ready.count > 1, ready[1].canWrite { flush() }
    }

    /// Lets the acknowledgements of what is committed out.
    private func flush() {
        guard let session, session.wantsWrite else { return }
        do {
            try session.write()
        } catch {
            lose(session, "\(error)")
        }
    }

    private func close() {
        notifier.stopping()
        let now = SystemClock.now()
        if engine.effects.isEmpty || settle() {
            engine.note("hazard.node.stopped.v1", data: nodeFacts(), at: now)
            if settle() { flush() }
        }
        connector.stop()
        session?.abandon()
        session = nil
        for item in inbox.close() { item.refuse() }
        refuseConsumers()
        guard !needsCommit else { return }
        _ = saveSnapshot(at: now)
        seal(at: now)
    }
}
