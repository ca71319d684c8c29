import Hummingbird
import HummingbirdCore
package import Logging
package import NIOCore

/// Serves a node's routes over TCP, to whoever shows a token.
package struct WebServer: Sendable {
    /// The most connections; further ones wait to be accepted.
    package static let mostConnections = 1_536
    /// How long a peer may leave what is written to it unread.
    package static let patience = TimeAmount.seconds(30)

    private let host: String
    private let port: Int
    private let certificates: ServerCertificates?
    private let routes: NodeRoutes
    private let desk: TokenDesk
    private let patience: TimeAmount
    private let logger: Logger

    /// - Parameter certificates: nil for plain HTTP.
    package init(
        host: String, port: Int, certificates: ServerCertificates? = nil, routes: NodeRoutes, desk: TokenDesk,
        patience: TimeAmount = WebServer.patience, logger: Logger
    ) {
        self.host = host
        self.port = port
        self.certificates = certificates
        self.routes = routes
        self.desk = desk
        self.patience = patience
        self.logger = logger
    }

    /// Listens until the task is cancelled.
    /// - Parameter whenListening: called with the port once requests are accepted.
    package func run(whenListening: @escaping @Sendable (Int) -> Void = { _ in }) async throws {
        let router = routes.router(TokenContext.self, guardian: TokenMiddleware(desk: desk), logger: logger)
        let plain = HTTPServerBuilder.guarded(patience: patience, tally: routes.tally)
        let server = try certificates?.server(around: plain) ?? plain
        // Hummingbird calls the end by cancellation an error; what really fails is thrown or logged by the routes.
        var quiet = logger
        quiet.logLevel = .critical
        try await QuietThreads.run("http") { [host, port, quiet] loops in
            let application = Application(
                router: router, server: server,
                configuration: ApplicationConfiguration(
                    address: .hostname(host, port: port), serverName: "hazardd",
                    availableConnectionsDelegate: MaximumAvailableConnections(WebServer.mostConnections, logger: quiet)),
                onServerRunning: { channel in whenListening(channel.localAddress?.port ?? 0) },
                eventLoopGroupProvider: .shared(loops), logger: quiet)
            try await application.run()
        }
    }
}
