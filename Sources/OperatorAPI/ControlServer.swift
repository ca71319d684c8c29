import Glibc
import Hummingbird
import HummingbirdCore
package import Logging
import Store

/// Serves a node's routes on the control socket, to whomever the file system lets in: its owner and group.
package struct ControlServer: Sendable {
    private let socket: String
    private let routes: NodeRoutes
    private let logger: Logger

    /// - Parameter socketPath: where to listen; the folder has to exist.
    package init(socketPath: String, routes: NodeRoutes, logger: Logger) {
        socket = socketPath
        self.routes = routes
        self.logger = logger
    }

    /// Listens until the task is cancelled.
    /// - Parameter whenListening: called once requests are accepted.
    package func run(whenListening: @escaping @Sendable () -> Void = {}) async throws {
        try removeStaleSocket()
        let router = routes.router(ControlContext.self, logger: logger)
        // Hummingbird calls the end by cancellation an error; what really fails is thrown or logged by the routes.
        var quiet = logger
        quiet.logLevel = .critical
        defer { _ = unsafe unlink(socket) }
        try await QuietThreads.run("control") { [socket, routes, logger, quiet] loops in
            let application = Application(
                router: router, server: .guarded(patience: WebServer.patience, tally: routes.tally),
                configuration: ApplicationConfiguration(address: .unixDomainSocket(path: socket)),
                onServerRunning: { _ in
                    // Until here nobody but the owner can connect: a new socket is not writable for others.
                    if unsafe chmod(socket, 0o660) != 0 {
                        logger.error("control-socket: \(socket) cannot be opened to its group: error \(errno)")
                    }
                    whenListening()
                },
                eventLoopGroupProvider: .shared(loops), logger: quiet)
            try await application.run()
        }
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
