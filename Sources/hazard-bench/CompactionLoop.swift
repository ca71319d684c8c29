import Foundation
import Store
import Synchronization
import TestKit

/// Has a daemon compact its journal again and again, over one connection to its control socket.
final class CompactionLoop: Sendable {
    private struct State {
        var isStopped = false
        var failure: String?
    }

    private let state = Mutex(State())
    private let finished = DispatchSemaphore(value: 0)

    init(_ folder: StateFolder) {
        let thread = Thread { [self] in
            run(ControlConnection(folder))
            finished.signal()
        }
        thread.start()
    }

    /// Waits for the pass under way.
    /// - Throws: if a pass failed.
    func stop() throws {
        state.withLock { $0.isStopped = true }
        finished.wait()
        if let failure = state.withLock({ $0.failure }) { throw TestKitError("compaction: \(failure)") }
    }

    private func run(_ connection: ControlConnection) {
        while !state.withLock({ $0.isStopped || $0.failure != nil }) {
            do {
                try connection.post("/v1/storage/compact")
            } catch {
                state.withLock { $0.failure = "\(error)" }
            }
        }
    }
}
