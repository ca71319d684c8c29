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

    func submit(_ command: OperatorCommand) async throws -> OperatorCommand.Outcome {
        try state.withLock { state in
            state.commands.append(command)
            return state.answer
        }.get()
    }
}
