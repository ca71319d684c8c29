import Hummingbird
import NIOCore
import Telemetry

/// A request over TCP: its token says who asks, and `TokenMiddleware` has looked at it.
struct TokenContext: ActorContext {
    var coreContext: CoreRequestContextStorage
    /// The peer's.
    let address: String
    let channel: any Channel
    /// Nil for requests that need no token.
    var admission: TokenDesk.Admission?

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
        address = source.channel.remoteAddress?.ipAddress ?? "an unknown address"
    }

    func principal() async throws -> Principal {
        guard let admission else { throw Problem.unauthorised("\(address) showed no token") }
        return admission.principal
    }

    var isStillAdmitted: Bool { admission?.isInForce(at: SystemClock.now()) ?? false }
}
