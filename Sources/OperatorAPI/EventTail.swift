import Alarms
import HTTPTypes
package import Logging
import NIOCore
import NIOPosix
package import Store
import Synchronization

/// The end of the event log for all who follow it: one ring of the newest events, filled once a commit, and a wake-up for
/// each stream. A stream that has fallen behind the ring reads on from the store. Safe on any thread.
package final class EventTail: Sendable {
    /// How much it holds and hands out at once.
    package struct Bounds: Sendable {
        package var events = 4_096
        package var bytes = 16 << 20
        package var streams = 1_024
        /// Of one page: what a stream holds in memory beside its connection's buffer.
        package var pageEvents = 64
        package var pageBytes = 16_384
        /// How long a stream may be silent before it says that it is there, in milliseconds.
        package var silence: Int64 = 10_000

        package init() {}
    }

    /// A stream's place. It is free again when the last reference goes.
    final class Seat: Sendable {
        /// Something may be there to be sent; ends with the tail, or when the peer has gone.
        let wakes: AsyncStream<Void>
        private let source: AsyncStream<Void>.Continuation
        private let leave: @Sendable () -> Void

        fileprivate init(
            _ wakes: AsyncStream<Void>, _ source: AsyncStream<Void>.Continuation, leave: @escaping @Sendable () -> Void
        ) {
            self.wakes = wakes
            self.source = source
            self.leave = leave
        }

        func end() { source.finish() }

        deinit { leave() }
    }

    private struct State {
        /// Nil while nobody follows, or nothing was committed since somebody does.
        var ring: EventRing?
        var isFilling = false
        /// Whether there was a commit since the filling under way last looked.
        var isDue = false
        var streams: [Int: AsyncStream<Void>.Continuation] = [:]
        var nextStream = 0
    }

    let bounds: Bounds
    let tally: RequestTally
    private let reader: StateReader
    private let logger: Logger
    private let state = Mutex(State())

    package init(reader: StateReader, tally: RequestTally, bounds: Bounds = Bounds(), logger: Logger) {
        self.reader = reader
        self.tally = tally
        self.bounds = bounds
        self.logger = logger
    }

    /// To be called after every commit that brought events; returns at once.
    package func eventsCommitted() {
        let isToFill = state.withLock { state in
            // One under way has to look once more even where nobody follows now: somebody may before it is done.
            guard !state.streams.isEmpty || state.isFilling else { return false }
            state.isDue = true
            guard !state.isFilling else { return false }
            state.isFilling = true
            return true
        }
        guard isToFill else { return }
        NIOThreadPool.singleton.submit { [self] work in
            if case .active = work { fill() }
        }
    }

    /// Wakes every stream, so that those that were silent for long say that they are there, until the task is cancelled.
    package func beat(every pause: Duration = .seconds(5)) async {
        while (try? await Task.sleep(for: pause)) != nil { wakeAll() }
        for stream in state.withLock({ Array($0.streams.values) }) { stream.finish() }
    }

    /// A place for another stream.
    /// - Throws: `Problem` 503 where there are too many.
    func takeSeat() throws(Problem) -> Seat {
        let (wakes, source) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let number: Int? = state.withLock { state in
            guard state.streams.count < bounds.streams else { return nil }
            state.nextStream += 1
            state.streams[state.nextStream] = source
            return state.nextStream
        }
        guard let number else {
            throw Problem(
                .serviceUnavailable, "\(bounds.streams) streams are open already; close one, or ask GET /v1/events",
                headers: [.retryAfter: "10"])
        }
        tally.streamBegan()
        // What is there already is looked for without waiting for a commit.
        source.yield()
        return Seat(wakes, source) { [weak self] in self?.leave(number) }
    }

    /// The next events after a sequence, oldest first; empty where there are none.
    func page(after sequence: Int64) async throws -> [EventFrame] {
        let bounds = bounds
        let held = state.withLock { state in
            state.ring?.page(after: sequence, limit: bounds.pageEvents, byteLimit: bounds.pageBytes)
        }
        if let held { return held }
        let reader = reader
        return try await NIOThreadPool.singleton.runIfActive {
            var page: [EventFrame] = []
            var size = 0
            for event in try reader.events(after: sequence, limit: bounds.pageEvents) where size < bounds.pageBytes {
                let frame = EventFrame(event)
                page.append(frame)
                size += frame.bytes.readableBytes
            }
            return page
        }
    }

    /// How many follow.
    package var streamCount: Int { state.withLock { $0.streams.count } }

    private func leave(_ number: Int) {
        tally.streamEnded()
        state.withLock { state in
            state.streams[number] = nil
            // What is committed while nobody follows is not read here; the ring would have a gap.
            if state.streams.isEmpty { state.ring = nil }
        }
    }

    private func wakeAll() {
        for stream in state.withLock({ Array($0.streams.values) }) { stream.yield() }
    }

    /// Reads what was committed into the ring and wakes the streams, until there is nothing further.
    private func fill() {
        while true {
            do {
                try readOn()
            } catch {
                logger.warning("event-tail-failed: \(error); streams read the store themselves")
                state.withLock { $0.ring = nil }
            }
            wakeAll()
            let isDone = state.withLock { state in
                if !state.isDue { state.isFilling = false }
                return !state.isDue
            }
            if isDone { return }
        }
    }

    private func readOn() throws {
        let known = state.withLock { state in
            state.isDue = false
            return state.ring?.newest
        }
        // Without a ring it begins close to the end: who is further behind reads the store.
        var next = try known ?? max(0, try reader.lastSequence() - Int64(bounds.pageEvents))
        while true {
            let events = try reader.events(after: next, limit: bounds.events)
            guard let last = events.last else { return }
            let frames = events.map { EventFrame($0) }
            state.withLock { state in
                guard !state.streams.isEmpty else { return }
                var ring = state.ring ?? EventRing(bound: bounds.events, byteBound: bounds.bytes, after: next)
                state.ring = nil
                for frame in frames { ring.append(frame) }
                state.ring = ring
            }
            next = last.sequence
            if events.count < bounds.events { return }
        }
    }
}
