import Glibc
import Hummingbird
import NIOCore

/// A request over the control socket: the kernel says who the peer is.
struct ControlContext: ActorContext {
    var coreContext: CoreRequestContextStorage
    private let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    func actor() async throws -> String {
        guard let socket = channel as? any SocketOptionProvider else {
            throw Problem(.forbidden, "the connection does not say who its peer is; use the control socket")
        }
        let level = NIOBSDSocket.OptionLevel(rawValue: SOL_SOCKET)
        let name = NIOBSDSocket.Option(rawValue: SO_PEERCRED)
        // SO_PEERCRED fills in a ucred (unix(7)).
        let peer: ucred = try await socket.unsafeGetSocketOption(level: level, name: name).get()
        return LocalUser.actor(peer.uid)
    }
}
