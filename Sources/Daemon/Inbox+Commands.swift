import Dispatch
import OperatorAPI
import Pipeline
import Synchronization

extension Inbox: CommandInbox {
    /// Carries out a command and waits for its commit.
    func submit(_ command: OperatorCommand) async throws -> OperatorCommand.Outcome {
        let outcome: OperatorCommand.Outcome? = await withCheckedContinuation { continuation in
            let isTaken = put(.command(command) { continuation.resume(returning: $0) })
            if !isTaken { continuation.resume(returning: nil) }
        }
        guard let outcome else {
            throw InboxUnavailable(
                reason: "the daemon cannot commit anything at the moment, or too many requests wait; try again")
        }
        return outcome
    }

    /// The same for a thread that may block; nil if it was not committed within five seconds.
    func executeAndWait(_ command: OperatorCommand) -> OperatorCommand.Outcome? {
        let done = DispatchSemaphore(value: 0)
        let answer = Answer()
        let isTaken = put(
            .command(command) { outcome in
                answer.outcome.withLock { $0 = outcome }
                done.signal()
            })
        guard isTaken, done.wait(timeout: .now() + 5) == .success else { return nil }
        return answer.outcome.withLock { $0 }
    }

    private final class Answer: Sendable {
        let outcome = Mutex<OperatorCommand.Outcome?>(nil)
    }
}
