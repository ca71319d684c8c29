import Dispatch
import OperatorAPI
import Pipeline
import Store
import Synchronization

extension Inbox: CommandInbox {
    /// Carries out a command and waits for its commit.
    func submit(_ command: OperatorCommand) async throws -> OperatorCommand.Outcome {
        let outcome: OperatorCommand.Outcome? = await withCheckedContinuation { continuation in
            let isTaken = put(.command(command) { continuation.resume(returning: $0) })
            if !isTaken { continuation.resume(returning: nil) }
        }
        guard let outcome else {
            throw InboxUnavailable.busy
        }
        return outcome
    }

    func advance(cursor: String, to sequence: Int64) async throws {
        let isCommitted: Bool = await withCheckedContinuation { continuation in
            let isTaken = put(.cursor(name: cursor, sequence: sequence) { continuation.resume(returning: $0) })
            if !isTaken { continuation.resume(returning: false) }
        }
        guard isCommitted else { throw InboxUnavailable.busy }
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

    /// Has records put into the evidence chain, for a thread that may block.
    /// - Returns: whether they are on disk.
    func commitAndWait(_ records: [ChainRecord]) -> Bool {
        wait { reply in put(.records(records, reply: reply)) }
    }

    /// Has a snapshot made of all that is committed, for a thread that may block.
    func snapshotAndWait() -> Bool {
        wait { reply in put(.snapshot(reply: reply)) }
    }

    /// Waits for as long as it takes: the pipeline answers everything it took, at its end at the latest.
    private func wait(_ put: (_ reply: @escaping @Sendable (Bool) -> Void) -> Bool) -> Bool {
        let done = DispatchSemaphore(value: 0)
        let verdict = Verdict()
        let isTaken = put { isDone in
            verdict.isDone.withLock { $0 = isDone }
            done.signal()
        }
        guard isTaken else { return false }
        done.wait()
        return verdict.isDone.withLock { $0 }
    }

    private final class Verdict: Sendable {
        let isDone = Mutex(false)
    }

    private final class Answer: Sendable {
        let outcome = Mutex<OperatorCommand.Outcome?>(nil)
    }
}
