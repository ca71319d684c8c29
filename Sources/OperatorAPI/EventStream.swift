import Hummingbird
import NIOCore
import Registry
import Synchronization
import Telemetry

/// One consumer's Server-Sent Events: first what it has missed, then what comes.
struct EventStream: Sendable {
    /// How long a client is asked to wait before it connects again, in milliseconds.
    private static let retry = 2_000

    /// What the connection's loop says of what was written last.
    private final class Progress: Sendable {
        let isTaken = Atomic(true)
    }

    let tail: EventTail
    let seat: EventTail.Seat
    let rules: RegistryInForce
    let scope: AreaScope
    let eventLoop: any EventLoop
    /// Given when the peer is about to be cut off.
    let notice: SlowReaderGuard.Notice?
    let isStillAdmitted: @Sendable () -> Bool
    private let progress = Progress()

    init(
        tail: EventTail, seat: EventTail.Seat, rules: RegistryInForce, scope: AreaScope, eventLoop: any EventLoop,
        notice: SlowReaderGuard.Notice?, isStillAdmitted: @escaping @Sendable () -> Bool
    ) {
        self.tail = tail
        self.seat = seat
        self.rules = rules
        self.scope = scope
        self.eventLoop = eventLoop
        self.notice = notice
        self.isStillAdmitted = isStillAdmitted
    }

    /// Sends events until the peer or the daemon ends it, on the thread that all streams share. Each page is written before
    /// the next one is looked for: a peer that does not read holds up its own stream alone.
    @concurrent
    func run(after sequence: Int64, to writer: inout any ResponseBodyWriter) async throws {
        try await withTaskExecutorPreference(tail.thread) { try await follow(after: sequence, to: &writer) }
    }

    @concurrent
    private func follow(after sequence: Int64, to writer: inout any ResponseBodyWriter) async throws {
        var sequence = sequence
        var spokeAt = SystemClock.now().monotonic
        try await writer.write(ByteBuffer(string: "retry: \(EventStream.retry)\n\n"))
        for await _ in seat.wakes {
            while true {
                if let reason = end {
                    return try await writer.write(ByteBuffer(string: "event: error\ndata: \(reason)\n\n"))
                }
                guard let (text, last) = try tail.next(after: sequence, for: scope, by: rules) else { break }
                if text.readableBytes > 0 {
                    try await send(text, to: &writer)
                    spokeAt = SystemClock.now().monotonic
                }
                sequence = last
            }
            if SystemClock.now().monotonic - spokeAt >= tail.bounds.silence {
                try await send(ByteBuffer(string: ": nothing new\n\n"), to: &writer)
                spokeAt = SystemClock.now().monotonic
            }
        }
    }

    /// Why the stream ends here; nil where it goes on.
    private var end: String? {
        if notice?.isGiven == true {
            return "what was sent was left unread for too long; nothing is lost: resume with Last-Event-ID"
        }
        return isStillAdmitted() ? nil : "the token no longer holds; resume with Last-Event-ID and one that does"
    }

    /// Writes, once the connection's loop has taken what was written before: only then is it known whether there is room for
    /// more. Otherwise a stream would run ahead of a loop that is busy, page after page, as far as the log goes.
    @concurrent
    private func send(_ text: ByteBuffer, to writer: inout any ResponseBodyWriter) async throws {
        if !progress.isTaken.load(ordering: .acquiring) { try await eventLoop.submit {}.get() }
        progress.isTaken.store(false, ordering: .releasing)
        try await writer.write(text)
        eventLoop.execute { [progress] in progress.isTaken.store(true, ordering: .releasing) }
    }
}
