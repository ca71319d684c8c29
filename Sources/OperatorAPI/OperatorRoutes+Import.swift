import Alarms
import Hummingbird

extension OperatorRoutes {
    /// The longest body of samples read, in bytes.
    package static let longestImport = 4 << 20

    /// Takes samples in; all of them are committed before the answer, or none.
    static func takeSamples(
        _ request: Request, _ asker: Principal, into inbox: any CommandInbox
    ) async throws -> Response {
        let body = try await bytes(of: request, upTo: longestImport)
        switch try await inbox.take(csv: Array(body.readableBytesView), from: asker.name) {
        case .stored(let count):
            var json = JSONText()
            json.member("stored", Int64(count))
            return OperatorRoutes.json(json.object)
        case .refused(let reason): throw Problem(.unprocessableContent, reason)
        }
    }
}
