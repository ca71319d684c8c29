import Hummingbird
import Logging
import Store

/// Answers every error as problem+json; what is no fault of the request's is logged besides.
struct ProblemMiddleware<Context: RequestContext>: RouterMiddleware {
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
            return Problem(error.status, detail(of: error, for: request)).response
        } catch {
            logger.error("request-failed: \(request.method) \(request.uri.path): \(error)")
            let detail = (error as? StoreError)?.description ?? "the request could not be carried out; the log says why"
            return Problem(.internalServerError, detail).response
        }
    }

    private func detail(of error: any HTTPResponseError, for request: Request) -> String {
        switch error.status {
        case .notFound: "there is nothing at \(request.method) \(request.uri.path)"
        case .contentTooLarge: "the body is too long; at most \(OperatorRoutes.longestBody) bytes are read"
        default: (error as? HTTPError)?.body ?? error.status.reasonPhrase
        }
    }
}
