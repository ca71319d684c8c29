import Hummingbird
package import Logging

/// Serves the routes that need no token over TCP.
package struct HealthServer: Sendable {
    private let host: String
    private let port: Int
    private let routes: HealthRoutes
    private let logger: Logger

    package init(host: String, port: Int, routes: HealthRoutes, logger: Logger) {
        self.host = host
        self.port = port
        self.routes = routes
        self.logger = logger
    }

    /// Listens until the task is cancelled.
    /// - Parameter whenListening: called with the port once requests are accepted.
    package func run(whenListening: @escaping @Sendable (Int) -> Void = { _ in }) async throws {
        let router = Router(context: BasicRequestContext.self)
        router.add(middleware: ProblemMiddleware(logger: logger))
        routes.add(to: router)
        // Hummingbird calls the end by cancellation an error; what really fails is thrown or logged by the routes.
        var quiet = logger
        quiet.logLevel = .critical
        let application = Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname(host, port: port), serverName: "hazardd"),
            onServerRunning: { channel in whenListening(channel.localAddress?.port ?? 0) }, logger: quiet)
        try await application.run()
    }
}
