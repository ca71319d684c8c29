import OperatorAPI
import Pipeline
import Synchronization

/// Takes commands in the daemon's place and answers as it is told.
final class InboxStandIn: CommandInbox {
    private let state = Mutex<(commands: [OperatorCommand], answer: Result<OperatorCommand.Outcome, InboxUnavailable>)>(
        ([], .success(.done("{\"state\":\"acknowledged\"}"))))

    var commands: [OperatorCommand] { state.withLock { $0.commands } }

    func answer(_ answer: Result<OperatorCommand.Outcome, InboxUnavailable>) {
        state.withLock { $0.answer = answer }
    }

    /// The samples handed in.
    let samples = Mutex<[[UInt8]]>([])
    /// The cursors handed in.
    let cursors = Mutex<[String: Int64]>([:])

    func take(csv: [UInt8], from actor: String) async throws -> ImportOutcome {
        samples.withLock { $0.append(csv) }
        return csv.isEmpty ? .refused("the file is empty") : .stored(csv.count)
    }

    func submit(_ command: OperatorCommand) async throws -> OperatorCommand.Outcome {
        try state.withLock { state in
            state.commands.append(command)
            return state.answer
        }.get()
    }

    func advance(cursor: String, to sequence: Int64) async throws {
        cursors.withLock { $0[cursor] = sequence }
    }
}
