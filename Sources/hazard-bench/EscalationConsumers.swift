import Foundation
import Store
import Synchronization
import Telemetry
import TestKit

/// Consumers side by side, each claiming a batch and answering for it, again and again.
final class EscalationConsumers: Sendable {
    private struct State {
        var left = 0
        var isStopped = false
        var failure: String?
    }

    private let folder: StateFolder
    private let count: Int
    private let state = Mutex(State())
    private let finished = DispatchSemaphore(value: 0)

    init(_ folder: StateFolder, count: Int) {
        self.folder = folder
        self.count = count
    }

    /// Settles so many tasks as fast as it goes.
    /// - Returns: seconds.
    func settle(_ tasks: Int) throws -> Double {
        let began = SystemClock.nanoseconds()
        start(perSecond: nil, of: tasks)
        for _ in 0..<count { finished.wait() }
        try check()
        return Double(SystemClock.nanoseconds() - began) / 1e9
    }

    /// Begins to settle so many tasks, at a pace if there is one.
    func start(perSecond rate: Int?, of tasks: Int) {
        state.withLock { $0.left = tasks }
        for _ in 0..<count {
            let thread = Thread { [self] in
                // They stand for programs on other machines, whose work is not the daemon's. At a pace there is time enough
                // for them that nobody wants; at full speed there may be none.
                if rate == nil { ThreadPriority.stepBack() } else { ThreadPriority.useIdleTime() }
                run(every: rate.map { Double(EscalationCommand.batch * count) / Double($0) })
                finished.signal()
            }
            thread.start()
        }
    }

    /// Ends them, wherever they have got to.
    /// - Returns: the tasks that are left.
    func stop() throws -> Int {
        state.withLock { $0.isStopped = true }
        for _ in 0..<count { finished.wait() }
        try check()
        return state.withLock { $0.left }
    }

    private func check() throws {
        if let failure = state.withLock({ $0.failure }) { throw TestKitError("a consumer failed: \(failure)") }
    }

    /// - Parameter period: seconds from one batch to the next; nil for no pause at all.
    private func run(every period: Double?) {
        var next = SystemClock.nanoseconds()
        do {
            let connection = try KeptConnection(folder)
            while state.withLock({ $0.left > 0 && !$0.isStopped && $0.failure == nil }) {
                let claim = "{\"limit\":\(EscalationCommand.batch)}"
                let tasks = ClaimedTask.list(in: try connection.post("/v1/escalations/claim", claim))
                if tasks.isEmpty {
                    usleep(1_000)
                } else {
                    let report = ClaimedTask.report(tasks)
                    try ClaimedTask.check(try connection.post("/v1/escalations/report", report))
                    state.withLock { $0.left -= tasks.count }
                }
                guard let period else { continue }
                next += Int64(period * 1e9)
                usleep(UInt32(max(0, next - SystemClock.nanoseconds()) / 1_000))
            }
        } catch {
            state.withLock { $0.failure = "\(error)" }
        }
    }
}
