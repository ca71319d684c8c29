import Alarms
import HTTPTypes
package import Logging
import NIOCore
import NIOPosix
import Registry
package import Store
import Synchronization
import Telemetry

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
        /// How many streams are woken a second at most: with 500 of them each hears of events ten times a second.
        package var wakes: Int64 = 5_000

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
        /// What was sent last to one who sees everything.
        var shared: (after: Int64, text: ByteBuffer, last: Int64)?
        /// Nanoseconds on the monotonic clock.
        var nextWake: Int64 = 0
        var streams: [Int: AsyncStream<Void>.Continuation] = [:]
        var nextStream = 0
    }

    let bounds: Bounds
    let tally: RequestTally
    /// Where everything about streams is done. One thread is enough, and leaves a small machine's other processors alone.
    let thread = QuietThreads(1, name: "streams", yielding: ThreadPriority.useIdleTime)
    private let reader: StateReader
    private let logger: Logger
    private let state = Mutex(State())
    /// Whether there was a commit of which the streams were not woken yet.
    private let isDue = Atomic(false)

    package init(reader: StateReader, tally: RequestTally, bounds: Bounds = Bounds(), logger: Logger) {
        self.reader = reader
        self.tally = tally
        self.bounds = bounds
        self.logger = logger
    }

    deinit { thread.end() }

    /// To be called after every commit that brought events; returns at once, and waits for no lock that a stream's thread may
    /// hold: it gets little of a processor.
    package func eventsCommitted() {
        guard !isDue.exchange(true, ordering: .acquiringAndReleasing) else { return }
        NIOThreadPool.singleton.submit { [self] work in
            if case .active = work { Task(executorPreference: thread) { await self.spread() } }
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

    /// What a stream that has come to an event sends next, and the last event of it; nil where there is nothing further. The
    /// text is empty where the scope sees nothing of it.
    func next(
        after sequence: Int64, for scope: AreaScope, by rules: RegistryInForce
    ) throws -> (text: ByteBuffer, last: Int64)? {
        // Of those who see everything all that keep up send the same.
        let shared = scope.isUnlimited ? state.withLock { $0.shared } : nil
        if let shared, shared.after == sequence { return (shared.text, shared.last) }
        let page = try page(after: sequence)
        guard let last = page.last?.sequence else { return nil }
        let rules = rules.current
        let frames = page.filter { rules.isSeen($0.site, by: scope) }
        var text = ByteBuffer()
        text.reserveCapacity(frames.reduce(0) { $0 + $1.bytes.readableBytes })
        for frame in frames { text.writeImmutableBuffer(frame.bytes) }
        if scope.isUnlimited {
            state.withLock { [text] in $0.shared = (after: sequence, text: text, last: last) }
        }
        return (text, last)
    }

    /// The next events after a sequence, oldest first; empty where there are none.
    private func page(after sequence: Int64) throws -> [EventFrame] {
        let held = state.withLock { state in
            state.ring?.page(after: sequence, limit: bounds.pageEvents, byteLimit: bounds.pageBytes)
        }
        if let held { return held }
        var page: [EventFrame] = []
        var size = 0
        for event in try reader.events(after: sequence, limit: bounds.pageEvents) where size < bounds.pageBytes {
            let frame = EventFrame(event)
            page.append(frame)
            size += frame.bytes.readableBytes
        }
        return page
    }

    /// How many follow.
    package var streamCount: Int { state.withLock { $0.streams.count } }

    private func leave(_ number: Int) {
        tally.streamEnded()
        state.withLock { state in
            state.streams[number] = nil
            // What is committed while nobody follows is not read here; the ring would have a gap.
            guard state.streams.isEmpty else { return }
            state.ring = nil
            state.shared = nil
        }
    }

    private func wakeAll() {
        for stream in state.withLock({ Array($0.streams.values) }) { stream.yield() }
    }

    /// Reads what was committed into the ring and wakes the streams, unless they were woken a moment ago: then in a while, and
    /// they get it together with what is committed until then.
    private func spread() async {
        let pause = state.withLock { $0.nextWake } - SystemClock.nanoseconds()
        if pause > 0 { try? await Task.sleep(for: .nanoseconds(pause)) }
        // From here to the end this thread does nothing else, and it is the only one.
        isDue.store(false, ordering: .sequentiallyConsistent)
        guard streamCount > 0 else { return }
        do {
            try readOn()
        } catch {
            logger.warning("event-tail-failed: \(error); streams read the store themselves")
            state.withLock { $0.ring = nil }
        }
        wakeAll()
        state.withLock { state in
            let pause = Int64(state.streams.count) * 1_000_000_000 / bounds.wakes
            state.nextWake = SystemClock.nanoseconds() + pause
        }
    }

    private func readOn() throws {
        let known = state.withLock { $0.ring?.newest }
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
                state.shared = nil
            }
            next = last.sequence
            if events.count < bounds.events { return }
        }
    }
}
