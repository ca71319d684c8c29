import Store

extension Node {
    /// The running daemon's door.
    /// - Throws: where nobody listens there, with the exit code of an unreachable service.
    func listeningSocket() async throws -> ControlSocket {
        let socket = ControlSocket(try folder().controlSocket)
        switch await socket.probe() {
        case .listening: return socket
        case .nobody:
            throw CommandFailure(.unreachable, "no hazardd listens at \(socket.path); start it first")
        case .closed(let reason):
            throw CommandFailure("control socket \(socket.path) cannot be used: \(reason)")
        }
    }
}
