import Feed
import Figures
import Logging
import OperatorAPI
import Registry
import Settings
import Store
import Synchronization
import Telemetry

/// The node's HTTP interface put together: on the control socket, and over TCP where the settings ask for it.
final class HTTPInterface: Sendable {
    /// What it answers from and hands requests to.
    struct Surroundings: Sendable {
        let reader: StateReader
        let folder: StateFolder
        let inbox: Inbox
        let history: HistoryKeeper
        let board: FigureBoard
        let basis: FigureWatch.Basis
        let reload: ReloadRoutes
    }

    private let settings: Settings
    private let folder: StateFolder
    private let routes: NodeRoutes
    private let rules: RegistryInForce
    private let desk: TokenDesk
    private let tail: EventTail
    private let listeners: AwaitedListeners
    private let certificates = Mutex<ServerCertificates?>(nil)
    private let tasks = Mutex<[Task<Void, Never>]>([])
    private let logger: Logger

    init(_ configuration: Configuration, _ surroundings: Surroundings, logger: Logger) {
        settings = configuration.settings
        folder = surroundings.folder
        self.logger = logger
        listeners = AwaitedListeners(configuration.settings.http == nil ? [.control] : [.control, .web]) {
            surroundings.inbox.rouse()
        }
        let tally = RequestTally()
        let rules = RegistryInForce(configuration)
        self.rules = rules
        desk = TokenDesk(configuration.tokens, tally: tally, at: SystemClock.now(), logger: logger)
        tail = EventTail(reader: surroundings.reader, tally: tally, logger: logger)
        routes = HTTPInterface.routes(configuration.settings.node, surroundings, rules, tail, tally)
        sayIfUnreadable(configuration)
    }

    private static func routes(
        _ node: String, _ surroundings: Surroundings, _ rules: RegistryInForce, _ tail: EventTail, _ tally: RequestTally
    ) -> NodeRoutes {
        let (reader, inbox, folder) = (surroundings.reader, surroundings.inbox, surroundings.folder)
        let gate = QueryGate()
        let desk = FigureDesk(node: node, reader: reader) { [basis = surroundings.basis] in basis.current }
        return NodeRoutes(
            health: HealthRoutes(node: node, reader: reader, board: surroundings.board, tally: tally) {
                QueueFigures(
                    requests: inbox.depth, requestBound: Inbox.bound, publicationBound: Delivery.window,
                    freeBytes: folder.freeBytes)
            },
            operators: OperatorRoutes(reader: reader, rules: rules, inbox: inbox, history: surroundings.history),
            alarms: AlarmRoutes(reader: reader, rules: rules),
            events: EventRoutes(reader: reader, rules: rules, tail: tail),
            points: PointRoutes(rules: rules, reader: reader, gate: gate),
            samples: SampleRoutes(rules: rules, reader: reader, folder: folder, gate: gate),
            hazardSources: HazardSourceRoutes(rules, reader: reader, folder: folder),
            figures: FigureRoutes(rules: rules, desk: desk), audit: AuditRoutes(reader: reader),
            consumers: ConsumerRoutes(reader: reader, inbox: inbox),
            escalations: EscalationRoutes(reader: reader, desk: inbox) { rules.isSeen($1, by: $0) },
            reload: surroundings.reload, tally: tally)
    }

    /// To be called after every commit that brought events; returns at once.
    func eventsCommitted() { tail.eventsCommitted() }

    /// Whether every listener listens, or has failed to.
    var isSettled: Bool { listeners.isEmpty }

    /// Begins to listen.
    func start() {
        let control = ControlServer(socketPath: folder.controlSocket, routes: routes, logger: logger)
        run { [logger, folder, listeners] in
            defer { listeners.settle(.control) }
            do {
                try await control.run {
                    logger.info("control-listening: \(folder.controlSocket)")
                    listeners.settle(.control)
                }
            } catch is CancellationError {
                return
            } catch {
                logger.error("control-failed: \(folder.controlSocket): \(error)")
            }
        }
        run { [tail] in await tail.beat() }
        if let http = settings.http { listen(http) }
    }

    /// Goes on under another configuration; what opens another listener takes effect at the next start.
    func adopt(_ fresh: Configuration) {
        rules.adopt(fresh)
        sayIfUnreadable(fresh)
        let isUnreadable = fresh.tokens == nil && fresh.settings.http?.tokensFile != nil
        if !isUnreadable { desk.adopt(fresh.tokens, at: SystemClock.now()) }
        guard let tls = fresh.settings.http?.tls, let certificates = certificates.withLock({ $0 }) else { return }
        do {
            try certificates.renew(tls)
        } catch {
            logger.error("http-certificate-failed: http.tls: \(error); the certificate shown so far stays")
        }
    }

    func stop() {
        for task in tasks.withLock({ $0 }) { task.cancel() }
    }

    private func listen(_ http: HTTPSettings) {
        do {
            let certificates = try http.tls.map { try ServerCertificates($0) }
            self.certificates.withLock { $0 = certificates }
            let server = WebServer(
                host: http.host, port: http.port, certificates: certificates, routes: routes, desk: desk, logger: logger
            )
            run { [logger, listeners] in
                defer { listeners.settle(.web) }
                do {
                    try await server.run { port in
                        logger.info("http-listening: \(http.host):\(port)")
                        listeners.settle(.web)
                    }
                } catch is CancellationError {
                    return
                } catch {
                    logger.error(
                        "http-failed: http.listen \(http.host):\(http.port): \(error); free the port, or name another")
                }
            }
        } catch {
            logger.error("http-certificate-failed: http.tls: \(error); nothing is served at http.listen")
            listeners.settle(.web)
        }
    }

    private func run(_ work: @escaping @Sendable () async -> Void) {
        let task = Task { await work() }
        tasks.withLock { $0.append(task) }
    }

    private func sayIfUnreadable(_ configuration: Configuration) {
        guard configuration.tokens == nil, let file = configuration.settings.http?.tokensFile else { return }
        logger.error("http-tokens-unreadable: \(file) cannot be read by this user; the tokens known so far stay")
    }
}
