import Hummingbird

/// Routes that cannot be added without saying which right they take.
extension Router where Context: ActorContext {
    typealias Handler = @Sendable (Request, Context, Principal) async throws -> Response

    func get(_ path: RouterPath, for right: Right, use handler: @escaping Handler) {
        get(path) { request, context in
            try await handler(request, context, try await context.principal(with: right))
        }
    }

    func put(_ path: RouterPath, for right: Right, use handler: @escaping Handler) {
        put(path) { request, context in
            try await handler(request, context, try await context.principal(with: right))
        }
    }

    func post(_ path: RouterPath, for right: Right, use handler: @escaping Handler) {
        post(path) { request, context in
            try await handler(request, context, try await context.principal(with: right))
        }
    }
}
