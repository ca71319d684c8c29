import Foundation
import Synchronization

/// Connects sessions on a helper thread, because name look-up and connect block, and hands them over.
///
/// The owner calls `request` when it needs a connection, polls `descriptor` and takes the session. Addresses are tried
/// in order; between rounds the thread waits by `BackOff`. That a broker accepted a connection does not reset the
/// back-off, because one that accepts and drops at once would then be hammered: the owner says `succeeded` once the
/// session did its work (its subscriptions were granted).
package final class Connector: Sendable {
    private let shared: Shared

    /// Starts the helper thread. `random` is the jitter's source, seeded by the caller.
    package init(
        options: SessionOptions, backOff: BackOff = BackOff(), random: any RandomNumberGenerator & Sendable
    ) {
        shared = Shared(State(options: options, backOff: backOff, random: random))
        let shared = shared
        Thread.detachNewThread { shared.run() }
    }

    deinit {
        stop()
    }

    /// Readable when a session waits for `take`.
    package var descriptor: Int32 {
        shared.ready.descriptor
    }

    /// Asks for a connection, unless one is being made already.
    package func request() {
        shared.state.withLock { $0.requested = true }
        shared.wake.signal()
    }

    /// The connected session, once; the caller is its owner from here on.
    package func take() -> MQTTSession? {
        shared.ready.drain()
        return shared.state.withLock { state in
            defer { state.session = nil }
            return state.session
        }
    }

    /// The session taken last has proved itself: the next request is tried without delay.
    package func succeeded() {
        shared.state.withLock { state in
            state.backOff.reset()
            state.lastFailure = nil
        }
    }

    /// Uses other options from the next attempt on (a reload changed TLS files or the password).
    package func replace(options: SessionOptions) {
        shared.state.withLock { $0.options = options }
    }

    /// Why the last attempt failed; nil after a success.
    package var lastFailure: BrokerError? {
        shared.state.withLock { $0.lastFailure }
    }

    /// Attempts that failed since the start, each address counted.
    package var failures: Int {
        shared.state.withLock { $0.failures }
    }

    /// Ends the helper thread, without waiting for an attempt under way: what that still connects is abandoned.
    package func stop() {
        let left = shared.state.withLock { state in
            defer { state.session = nil }
            state.stopped = true
            return state.session
        }
        left?.abandon()
        shared.wake.signal()
    }
}

extension Connector {
    private struct State: Sendable {
        var options: SessionOptions
        var backOff: BackOff
        var random: any RandomNumberGenerator & Sendable
        var requested = false
        var stopped = false
        var session: MQTTSession?
        var lastFailure: BrokerError?
        var failures = 0

        /// Milliseconds to wait before the next round.
        mutating func nextDelay() -> Int64 {
            var source: any RandomNumberGenerator & Sendable = random
            defer { random = source }
            return backOff.next(using: &source)
        }
    }

    /// What owner and helper thread share; outlives the connector while an attempt is under way.
    private final class Shared: Sendable {
        let state: Mutex<State>
        /// Owner to thread: something changed.
        let wake = WakeUp()
        /// Thread to owner: a session is there.
        let ready = WakeUp()

        init(_ initial: State) {
            state = Mutex(initial)
        }

        func run() {
            while true {
                let (stopped, delay) = state.withLock { state in
                    (state.stopped, state.requested ? state.nextDelay() : nil)
                }
                if stopped { return }
                guard let delay else {
                    _ = Poll.wait([PollInterest(wake.descriptor)], timeout: -1)
                    wake.drain()
                    continue
                }
                guard pause(delay) else { return }
                tryAddresses()
            }
        }

        /// Waits out the back-off; false when stopped meanwhile. A repeated request does not shorten it.
        private func pause(_ delay: Int64) -> Bool {
            let end = MonotonicTime.milliseconds() + delay
            while !state.withLock({ $0.stopped }) {
                let left = end - MonotonicTime.milliseconds()
                if left <= 0 { return true }
                _ = Poll.wait([PollInterest(wake.descriptor)], timeout: Int(left))
                wake.drain()
            }
            return false
        }

        private func tryAddresses() {
            let options = state.withLock { $0.options }
            for address in options.urls {
                if state.withLock({ $0.stopped }) { return }
                let session = MQTTSession(options: options)
                do {
                    try session.connect(to: address)
                } catch {
                    state.withLock { state in
                        state.lastFailure = error
                        state.failures += 1
                    }
                    continue
                }
                let unwanted = state.withLock { state in
                    guard !state.stopped else { return true }
                    state.session = session
                    state.requested = false
                    return false
                }
                if unwanted {
                    session.abandon()
                } else {
                    ready.signal()
                }
                return
            }
        }
    }
}
