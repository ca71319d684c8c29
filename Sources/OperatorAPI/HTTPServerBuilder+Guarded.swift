import HummingbirdCore
import NIOCore

extension HTTPServerBuilder {
    /// How long a connection may take for a request's head, or rest between two.
    private static let idle = TimeAmount.seconds(60)

    /// HTTP/1.1 to peers that may be slow, or worse.
    /// - Parameter patience: how long a peer may leave what is written to it unread.
    static func guarded(patience: TimeAmount, tally: RequestTally) -> HTTPServerBuilder {
        .http1(
            configuration: .init(
                additionalChannelHandlers: [SlowReaderGuard(patience: patience, tally: tally)], idleTimeout: idle))
    }
}
