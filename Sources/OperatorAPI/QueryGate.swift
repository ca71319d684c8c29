import HTTPTypes
import NIOPosix
import Synchronization
import Telemetry

/// Lets a few questions to the history be worked on at once, off the pool of threads that must not block and behind
/// the pipeline; a few more may wait.
package final class QueryGate: Sendable {
    /// Questions worked on at once.
    package static let width = 2
    /// The most that wait or are worked on.
    package static let bound = 64

    private let threads = NIOThreadPool(numberOfThreads: QueryGate.width)
    private let inside = Mutex(0)

    package init() {
        threads.start()
    }

    /// - Throws: `Problem` 503 where too many wait.
    func run<Answer: Sendable>(_ question: @escaping @Sendable () throws -> Answer) async throws -> Answer {
        let isIn = inside.withLock { inside in
            guard inside < QueryGate.bound else { return false }
            inside += 1
            return true
        }
        guard isIn else {
            throw Problem(
                .serviceUnavailable, "\(QueryGate.bound) questions to the history are waiting already; try again",
                headers: [.retryAfter: "1"])
        }
        defer { inside.withLock { $0 -= 1 } }
        return try await threads.runIfActive {
            ThreadPriority.stepBack()
            return try question()
        }
    }

    deinit {
        threads.shutdownGracefully { _ in }
    }
}
