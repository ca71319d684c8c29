import Glibc
import Hummingbird
package import Logging
package import Store

/// Serves the operator's routes on the control socket, to whomever the file system lets in: its owner and group.
package struct ControlServer: Sendable {
    private let socket: String
    private let routes: OperatorRoutes
    private let health: HealthRoutes
    private let hazardSources: HazardSourceRoutes
    private let reload: ReloadRoutes?
    private let logger: Logger

    /// - Parameter socketPath: where to listen; the folder has to exist.
    package init(
        socketPath: String, reader: StateReader, inbox: any CommandInbox, history: any HistoryControl,
        figures: FigureDesk, health: HealthRoutes, hazardSources: HazardSourceRoutes, reload: ReloadRoutes? = nil,
        logger: Logger
    ) {
        socket = socketPath
        routes = OperatorRoutes(reader: reader, inbox: inbox, history: history, figures: figures)
        self.health = health
        self.hazardSources = hazardSources
        self.reload = reload
        self.logger = logger
    }

    /// Listens until the task is cancelled.
    /// - Parameter whenListening: called once requests are accepted.
    package func run(whenListening: @escaping @Sendable () -> Void = {}) async throws {
        try removeStaleSocket()
        let router = Router(context: ControlContext.self)
        router.add(middleware: ProblemMiddleware(logger: logger))
        health.add(to: router)
        hazardSources.add(to: router)
        routes.add(to: router)
        reload?.add(to: router)
        // Hummingbird calls the end by cancellation an error; what really fails is thrown or logged by the routes.
        var quiet = logger
        quiet.logLevel = .critical
        let application = Application(
            router: router, configuration: ApplicationConfiguration(address: .unixDomainSocket(path: socket)),
            onServerRunning: { [socket, logger] _ in
                // Until here nobody but the owner can connect: a new socket is not writable for others.
                if unsafe chmod(socket, 0o660) != 0 {
                    logger.error("control-socket: \(socket) cannot be opened to its group: error \(errno)")
                }
                whenListening()
            }, logger: quiet)
        defer { _ = unsafe unlink(socket) }
        try await application.run()
    }

    /// A socket left behind by a killed daemon; the state lock says that no other daemon listens on it.
    private func removeStaleSocket() throws(StoreError) {
        var status = stat()
        guard unsafe lstat(socket, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw StoreError(.failed, "\(socket) is no socket; it was not touched: move it away")
        }
        _ = unsafe unlink(socket)
    }
}
