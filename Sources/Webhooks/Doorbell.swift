import Synchronization
import Telemetry

/// Wakes one task that waits, from any thread; a ring while nobody waits is kept for the next who does.
final class Doorbell: Sendable {
    private struct State {
        var hasRung = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    /// Nobody waits longer without looking again, in milliseconds.
    private static let longest: Int64 = 3_600_000

    private let state = Mutex(State())

    func ring() {
        let waiter = state.withLock { state in
            state.hasRung = state.waiter == nil
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    /// Waits for a ring, for a moment of the monotonic clock, or for the task's cancellation.
    func wait(until moment: Int64?) async {
        guard let moment else { return await wait() }
        let now = SystemClock.now().monotonic
        guard moment > now else { return }
        let length = min(moment - now, Doorbell.longest)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await Task.sleep(for: .milliseconds(length)) }
            group.addTask { await self.wait() }
            await group.next()
            group.cancelAll()
        }
    }

    private func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    guard !state.hasRung, !Task.isCancelled else {
                        state.hasRung = false
                        return true
                    }
                    state.waiter = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            ring()
        }
    }
}
