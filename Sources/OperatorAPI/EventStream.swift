import Hummingbird
import NIOCore
import Registry
import Telemetry

/// One consumer's Server-Sent Events: first what it has missed, then what comes.
struct EventStream: Sendable {
    /// How long a client is asked to wait before it connects again, in milliseconds.
    private static let retry = 2_000

    let tail: EventTail
    let seat: EventTail.Seat
    let rules: RegistryInForce
    let scope: AreaScope
    let eventLoop: any EventLoop
    let isStillAdmitted: @Sendable () -> Bool

    /// Sends events until the peer or the daemon ends it. Each page is written before the next one is looked for: a peer
    /// that does not read holds up its own stream alone.
    @concurrent
    func run(after sequence: Int64, to writer: inout any ResponseBodyWriter) async throws {
        var sequence = sequence
        var spokeAt = SystemClock.now().monotonic
        try await writer.write(ByteBuffer(string: "retry: \(EventStream.retry)\n\n"))
        for await _ in seat.wakes {
            while true {
                guard isStillAdmitted() else { return try await complain(to: &writer) }
                guard let (text, last) = try await next(after: sequence) else { break }
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

    /// Writes, and comes back once the connection's loop has taken it: only then is it known whether there is room for more.
    /// Otherwise a stream would run ahead of a loop that is busy, page after page, as far as the log goes.
    @concurrent
    private func send(_ text: ByteBuffer, to writer: inout any ResponseBodyWriter) async throws {
        try await writer.write(text)
        try await eventLoop.submit {}.get()
    }

    /// The text of the next page and its last event; nil where there is none. The page itself is let go here: a peer that
    /// does not read holds up the text alone.
    private func next(after sequence: Int64) async throws -> (text: ByteBuffer, last: Int64)? {
        let page = try await tail.page(after: sequence)
        guard let last = page.last?.sequence else { return nil }
        let rules = rules.current
        let frames = page.filter { rules.isSeen($0.site, by: scope) }
        var text = ByteBuffer()
        text.reserveCapacity(frames.reduce(0) { $0 + $1.bytes.readableBytes })
        for frame in frames { text.writeImmutableBuffer(frame.bytes) }
        return (text, last)
    }

    @concurrent
    private func complain(to writer: inout any ResponseBodyWriter) async throws {
        try await writer.write(
            ByteBuffer(
                string: "event: error\ndata: the token no longer holds; resume with Last-Event-ID and one that does\n\n"
            ))
    }
}
