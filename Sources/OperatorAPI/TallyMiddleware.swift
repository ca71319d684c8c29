import Hummingbird

/// Counts answers by the kind of their route and their status.
struct TallyMiddleware<Context: RequestContext>: RouterMiddleware {
    let tally: RequestTally

    func handle(
        _ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        let response = try await next(request, context)
        let route = TallyMiddleware.kind(of: context.endpointPath)
        tally.count(RequestTally.Kind(route: route, status: response.status.code))
        return response
    }

    /// - Parameter path: as the router has it: `/v1/alarms/{episode}/acknowledge`.
    private static func kind(of path: String?) -> String {
        guard let path, path.hasPrefix("/") else { return "none" }
        let parts = path.split(separator: "/")
        guard parts.first == "v1", parts.count > 1 else { return "health" }
        if parts.last == "stream" || parts.last == "samples" { return String(parts[parts.count - 1]) }
        return parts[1].contains(".") ? "documents" : String(parts[1])
    }
}
