import Foundation
package import Hummingbird
package import NIOCore

/// A request whose sender is known.
package protocol ActorContext: RequestContext, Sendable {
    /// Who is asking.
    /// - Throws: `Problem` 401 where nobody is known.
    func principal() async throws -> Principal

    /// Whether they would be let in now; asked by answers that go on for as long as the peer listens.
    var isStillAdmitted: Bool { get }

    /// The connection.
    var channel: any Channel { get }
}

extension ActorContext {
    package var isStillAdmitted: Bool { true }

    /// Who is asking, if they have a right.
    /// - Throws: `Problem` 401 or 403.
    func principal(with right: Right) async throws -> Principal {
        let principal = try await principal()
        try principal.require(right)
        return principal
    }

    /// A part of the path, percent-decoded.
    func pathPart(_ name: String) throws -> String {
        let written = try parameters.require(name)
        guard let text = written.removingPercentEncoding, !text.isEmpty else {
            throw Problem(.badRequest, "\(name) is \"\(written)\" in the path; valid: text in percent-encoded UTF-8")
        }
        return text
    }
}
