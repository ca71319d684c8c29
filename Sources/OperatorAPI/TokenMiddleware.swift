import Hummingbird
import Telemetry

/// Looks at the token of every request below `/v1` before anything else does. What it passed over would still be
/// refused: routes ask their context who is asking.
struct TokenMiddleware: RouterMiddleware {
    let desk: TokenDesk

    func handle(
        _ request: Request, context: TokenContext,
        next: @concurrent (Request, TokenContext) async throws -> Response
    ) async throws -> Response {
        guard request.uri.path.split(separator: "/").first == "v1" else { return try await next(request, context) }
        var context = context
        context.admission = try desk.admit(
            request.headers[.authorization], from: context.address, at: SystemClock.now())
        return try await next(request, context)
    }
}
