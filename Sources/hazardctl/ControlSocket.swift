import NIOCore
import NIOPosix

/// A running daemon's door for operators.
struct ControlSocket {
    enum Answer: Equatable {
        case listening
        /// There is no socket, or nobody behind it.
        case nobody
        /// Why it cannot be used.
        case closed(String)
    }

    let path: String

    init(_ path: String) {
        self.path = path
    }

    /// Whether somebody accepts connections.
    func probe() async -> Answer {
        do {
            let bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup).connectTimeout(.seconds(2))
            try await bootstrap.connect(unixDomainSocketPath: path).get().close()
            return .listening
        } catch let error as IOError where [ENOENT, ECONNREFUSED, ENOTDIR].contains(error.errnoCode) {
            return .nobody
        } catch let error as IOError where error.errnoCode == EACCES {
            return .closed("this user may not use it; be a member of hazardd's group")
        } catch {
            return .closed("\(error)")
        }
    }
}
