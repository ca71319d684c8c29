import OperatorAPI
import Pipeline
import Store
import Telemetry

/// Has an operator's command carried out: by the running daemon, or with none running in its place.
struct OperatorRun {
    let node: Node

    /// - Returns: what then stands, as JSON.
    func carryOut(_ command: OperatorCommand) async throws -> String {
        let socket = ControlSocket(try node.folder().controlSocket)
        switch await socket.probe() {
        case .listening: return try await ControlClient(socket: socket).act(command)
        case .nobody: return try actOffline(command, socket)
        case .closed(let reason):
            throw CommandFailure("control socket \(socket.path) cannot be used: \(reason)")
        }
    }

    private func actOffline(_ command: OperatorCommand, _ socket: ControlSocket) throws -> String {
        var random = SystemRandomNumberGenerator()
        let outcome: OperatorCommand.Outcome
        do {
            outcome = try OfflineOperator.execute(
                command, with: try node.configuration(), seed: random.next(), at: SystemClock.now())
        } catch let error as StoreError where error.kind == .locked {
            throw CommandFailure(
                .unreachable,
                "nobody answers at \(socket.path), yet a process holds the state: \(error). "
                    + "If hazardd is just starting, try again")
        }
        switch outcome {
        case .done(let json): return json
        case .notFound(let reason), .refused(let reason): throw CommandFailure(reason)
        }
    }
}
