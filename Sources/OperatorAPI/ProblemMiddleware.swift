import Hummingbird
import Logging
import Store

/// Answers every error as problem+json; what is no fault of the request's is logged besides.
struct ProblemMiddleware<Context: RequestContext>: RouterMiddleware {
    let paths: DocumentedPaths
    let logger: Logger

    func handle(
        _ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let problem as Problem {
            return problem.response
        } catch let unavailable as InboxUnavailable {
            return Problem(.serviceUnavailable, unavailable.reason).response
        } catch let error as any HTTPResponseError {
            return problem(of: error, for: request).response
        } catch {
            logger.error("request-failed: \(request.method) \(request.uri.path): \(error)")
            let detail = (error as? StoreError)?.description ?? "the request could not be carried out; the log says why"
            return Problem(.internalServerError, detail).response
        }
    }

    private func problem(of error: any HTTPResponseError, for request: Request) -> Problem {
        switch error.status {
        case .notFound:
            let methods = paths.methods(at: request.uri.path)
            guard methods.isEmpty || methods.contains(request.method.rawValue) else {
                let valid = methods.joined(separator: ", ")
                return Problem(
                    .methodNotAllowed, "\(request.uri.path) does not answer to \(request.method); valid: \(valid)",
                    headers: [.allow: valid])
            }
            return Problem(.notFound, "there is nothing at \(request.method) \(request.uri.path)")
        case .contentTooLarge:
            return Problem(
                .contentTooLarge, "the body is too long; at most \(OperatorRoutes.longestBody) bytes are read")
        default: return Problem(error.status, (error as? HTTPError)?.body ?? error.status.reasonPhrase)
        }
    }
}
