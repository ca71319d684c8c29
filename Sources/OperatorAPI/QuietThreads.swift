import Foundation
import NIOCore
import NIOPosix
import Telemetry

/// A few threads that step back behind others, for work that must not compete with the pipeline.
///
/// Jobs are as many as there are tasks, which the bounds on connections and streams bound.
final class QuietThreads: TaskExecutor {
    private static let threads = 2
    /// Jobs that were taken and are still in the list, at most.
    private static let slack = 1_024

    private struct State {
        var jobs: [UnownedJob] = []
        /// Jobs before it were taken.
        var next = 0
        var isEnding = false
    }

    /// `Sendable` as it is: every access to the state is made under the condition's lock.
    private final class Queue: @unchecked Sendable {
        private let condition = NSCondition()
        private var state = State()

        func put(_ job: UnownedJob) {
            condition.lock()
            state.jobs.append(job)
            condition.signal()
            condition.unlock()
        }

        func end() {
            condition.lock()
            state.isEnding = true
            condition.broadcast()
            condition.unlock()
        }

        /// The next job, waited for; nil at the end.
        func take() -> UnownedJob? {
            condition.lock()
            defer { condition.unlock() }
            while state.next == state.jobs.count {
                state.jobs.removeAll(keepingCapacity: true)
                state.next = 0
                if state.isEnding { return nil }
                condition.wait()
            }
            let job = state.jobs[state.next]
            state.next += 1
            // Under a load that never ends the list is never empty.
            if state.next == QuietThreads.slack {
                state.jobs.removeFirst(state.next)
                state.next = 0
            }
            return job
        }
    }

    private let queue = Queue()

    /// - Parameter yielding: how each of them steps back.
    init(_ count: Int, name: String, yielding: @escaping @Sendable () -> Void = ThreadPriority.stepBack) {
        for _ in 0..<count {
            let queue = queue
            let executor = unsafe asUnownedTaskExecutor()
            let thread = Thread {
                ThreadName.adopt(name)
                yielding()
                while let job = queue.take() { unsafe job.runSynchronously(on: executor) }
            }
            thread.start()
        }
    }

    /// Runs a server on threads of its own, which step back: however many requests and streams there are, they stand
    /// behind the pipeline.
    static func run(
        _ name: String, _ server: (_ loops: MultiThreadedEventLoopGroup) async throws -> Void
    ) async throws {
        let loops = MultiThreadedEventLoopGroup(numberOfThreads: threads)
        for loop in loops.makeIterator() {
            loop.execute {
                ThreadName.adopt(name)
                ThreadPriority.stepBack()
            }
        }
        let workers = QuietThreads(threads, name: name)
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await withTaskExecutorPreference(workers) { try await server(loops) })
        } catch {
            outcome = .failure(error)
        }
        workers.end()
        try? await loops.shutdownGracefully()
        try outcome.get()
    }

    /// Lets the threads end once nothing is left to do.
    func end() { queue.end() }

    func enqueue(_ job: consuming ExecutorJob) { queue.put(UnownedJob(job)) }
}
