package import Hummingbird

/// A request whose sender is known.
package protocol ActorContext: RequestContext {
    /// Who is asking, as it goes on record.
    func actor() async throws -> String
}
