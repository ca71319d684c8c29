package import Dispatch
import Figures
package import Logging
import NIOPosix
import Synchronization
import Telemetry

/// Posts committed events to the configured targets, each from a cursor of its own, so that a slow or failing one holds
/// up no other and nothing else.
package final class Webhooks: Sendable {
    private struct Courier {
        let target: WebhookTarget
        let line: WebhookLine
        /// Ends with the cursor.
        let task: Task<Int64?, Never>

        /// Ends it at once.
        func retire() {
            line.isRetired.store(true, ordering: .releasing)
            task.cancel()
        }
    }

    private struct State {
        var couriers: [String: Courier] = [:]
        /// Where targets begin that have no courier yet.
        var origins: [String: Int64] = [:]
        var random: RandomState
        var isStopped = false
    }

    /// How long couriers that were cancelled may take to end.
    private static let ending = DispatchTimeInterval.milliseconds(300)
    private static let originAgain = Duration.seconds(1)

    private let surroundings: WebhookSurroundings
    private let pause: RetryPause
    private let farewell: DispatchTimeInterval
    private let logger: Logger
    private let state: Mutex<State>

    /// Delivers nothing until targets are adopted.
    /// - Parameter farewell: how long the couriers may take at the end to deliver what is left.
    package init(
        surroundings: WebhookSurroundings, pause: RetryPause = RetryPause(),
        farewell: DispatchTimeInterval = .milliseconds(800), seed: UInt64, logger: Logger
    ) {
        self.surroundings = surroundings
        self.pause = pause
        self.farewell = farewell
        self.logger = logger
        state = Mutex(State(random: RandomState(seed: seed)))
    }

    /// Begins to deliver to these targets. A new one gets a cursor that is kept with the next commit, so that no event
    /// from here on can pass it by. May block: it reads the store.
    package func start(_ targets: [WebhookTarget]) throws {
        for target in targets {
            let origin = try Webhooks.origin(of: target, surroundings)
            state.withLock { $0.origins[target.name] = origin }
        }
        adopt(targets)
    }

    /// Delivers to these targets from here on, and to no other. A target that stays as it is goes on undisturbed, unless
    /// it wanted no more.
    package func adopt(_ targets: [WebhookTarget]) {
        state.withLock { state in
            guard !state.isStopped else { return }
            for name in state.couriers.keys where !targets.contains(where: { $0.name == name }) {
                state.couriers.removeValue(forKey: name)?.retire()
                surroundings.board.update { $0.webhooks[name] = nil }
            }
            for target in targets {
                let former = state.couriers[target.name]
                if let former, former.target == target, !former.line.isGone.load(ordering: .acquiring) { continue }
                former?.retire()
                let origin = state.origins.removeValue(forKey: target.name)
                state.couriers[target.name] = start(target, at: origin, after: former, seed: state.random.next())
            }
        }
    }

    /// Says that there may be new events.
    package func eventsCommitted() {
        state.withLock { state in
            for courier in state.couriers.values { courier.line.bell.ring() }
        }
    }

    /// Delivers what is left, as far as that goes at once, and ends. May block, for `farewell` and a little.
    package func stop() {
        let couriers = state.withLock { state in
            state.isStopped = true
            return Array(state.couriers.values)
        }
        guard !couriers.isEmpty else { return }
        let done = DispatchSemaphore(value: 0)
        for courier in couriers { courier.line.end() }
        Task {
            for courier in couriers { _ = await courier.task.value }
            done.signal()
        }
        if done.wait(timeout: .now() + farewell) == .success { return }
        for courier in couriers { courier.task.cancel() }
        _ = done.wait(timeout: .now() + Webhooks.ending)
    }

    /// - Parameters:
    ///   - origin: where it begins, if that is known.
    ///   - former: the target's courier until now, which has to end first.
    private func start(
        _ target: WebhookTarget, at origin: Int64?, after former: Courier?, seed: UInt64
    ) -> Courier {
        let line = WebhookLine()
        let task = Task { [surroundings, pause, logger] () -> Int64? in
            var cursor = await former?.task.value ?? origin
            while cursor == nil, !Task.isCancelled {
                do {
                    cursor = try await NIOThreadPool.singleton.runIfActive {
                        try Webhooks.origin(of: target, surroundings)
                    }
                } catch {
                    logger.warning(
                        "webhook-unreadable: webhook \(target.name): its cursor: \(error); tried again in a second")
                    try? await Task.sleep(for: Webhooks.originAgain)
                }
            }
            guard let cursor, !Task.isCancelled else { return cursor }
            let courier = WebhookCourier(
                target, cursor: cursor, surroundings: surroundings, line: line, pause: pause, seed: seed,
                logger: logger)
            return await courier.run()
        }
        return Courier(target: target, line: line, task: task)
    }

    /// Where a target begins: at its cursor, or, if it is new, behind the newest event. It is never sent all of the past.
    private static func origin(of target: WebhookTarget, _ surroundings: WebhookSurroundings) throws -> Int64 {
        if let cursor = try surroundings.cursor(target.cursor) { return cursor }
        let newest = try surroundings.lastSequence()
        surroundings.advance(target.cursor, newest)
        return newest
    }
}
