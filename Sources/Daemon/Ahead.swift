import Foundation
import Synchronization

/// A value that another thread works out meanwhile.
final class Ahead<Value: Sendable>: Sendable {
    private let value = Mutex<Value?>(nil)
    private let isDone = DispatchSemaphore(value: 0)

    init(_ work: @escaping @Sendable () -> Value) {
        Thread { [self] in
            let result = work()
            value.withLock { $0 = result }
            isDone.signal()
        }.start()
    }

    /// Waits for it and gives it away: only the first who asks gets it.
    func take() -> Value? {
        isDone.wait()
        return value.withLock { value in
            defer { value = nil }
            return value
        }
    }
}
