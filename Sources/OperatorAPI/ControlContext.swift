import Glibc
import Hummingbird
import NIOCore
import Registry

/// A request over the control socket: the kernel says who the peer is.
struct ControlContext: ActorContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    /// What the kernel fills in for SO_PEERCRED: `struct ucred` of unix(7), which Glibc does not show to Swift.
    private struct Peer {
        var process: Int32
        var user: UInt32
        var group: UInt32
    }

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    func principal() async throws -> Principal {
        guard let socket = channel as? any SocketOptionProvider else {
            throw Problem(.forbidden, "the connection does not say who its peer is; use the control socket")
        }
        let level = NIOBSDSocket.OptionLevel(rawValue: SOL_SOCKET)
        let name = NIOBSDSocket.Option(rawValue: SO_PEERCRED)
        let peer: Peer = try await socket.unsafeGetSocketOption(level: level, name: name).get()
        return Principal(name: LocalUser.actor(peer.user), role: .local, scope: .unlimited, address: nil)
    }
}
