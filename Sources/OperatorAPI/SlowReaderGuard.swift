import Glibc
import Hummingbird
import NIOCore
import Synchronization

/// Ends a connection whose peer does not read: a write that the peer's side has not made room for in time would otherwise
/// hold its memory for as long as the peer likes.
final class SlowReaderGuard: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny
    typealias InboundOut = NIOAny

    /// Tells an answer that has no end that its peer is about to be cut off, so that it ends with a word about it.
    final class Notice: Sendable {
        private let flag = Atomic(false)

        var isGiven: Bool { flag.load(ordering: .acquiring) }

        fileprivate func give() { flag.store(true, ordering: .releasing) }
    }

    /// What waits to be sent on one connection before whoever writes has to wait, in bytes: enough to keep a network busy.
    private static let waiting = ChannelOptions.Types.WriteBufferWaterMark(low: 8_192, high: 32_768)
    /// The most bytes that the system takes of a connection without being able to send them, which would be megabytes.
    private static let unsent = 32_768
    /// What it takes, in bytes, of who is about to be cut off: more than what waits here, so that all of it, and the word at
    /// the end, is found by a peer that reads later.
    private static let lastRoom = 262_144
    /// How long that may take.
    private static let lastWords = TimeAmount.seconds(1)
    private static let unsentBound = ChannelOptions.tcpOption(NIOBSDSocket.Option(rawValue: TCP_NOTSENT_LOWAT))

    private let patience: TimeAmount
    private let tally: RequestTally
    private var deadline: Scheduled<Void>?
    private var expected: Notice?

    init(patience: TimeAmount, tally: RequestTally) {
        self.patience = patience
        self.tally = tally
    }

    /// To be called on the connection's loop by an answer that heeds it.
    func notice() -> Notice {
        let notice = expected ?? Notice()
        expected = notice
        return notice
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let channel = context.channel
        channel.setOption(ChannelOptions.writeBufferWaterMark, value: SlowReaderGuard.waiting).whenFailure { _ in }
        // The control socket has no such option, and needs none: its system buffer does not grow.
        channel.setOption(SlowReaderGuard.unsentBound, value: SlowReaderGuard.unsent).whenFailure { _ in }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable {
            deadline?.cancel()
            deadline = nil
        } else if deadline == nil {
            let (channel, tally, expected) = (context.channel, tally, expected)
            deadline = context.eventLoop.scheduleTask(in: patience) {
                tally.countCut()
                SlowReaderGuard.cut(channel, expected)
            }
        }
        context.fireChannelWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        deadline = nil
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        context.fireChannelRead(data)
    }

    private static func cut(_ channel: any Channel, _ notice: Notice?) {
        guard let notice else {
            channel.close(promise: nil)
            return
        }
        notice.give()
        // What waits goes to the system, whoever writes goes on, sees the notice, and ends.
        channel.setOption(ChannelOptions.socketOption(.so_sndbuf), value: lastRoom).whenFailure { _ in }
        channel.setOption(unsentBound, value: 0).whenFailure { _ in }
        channel.eventLoop.scheduleTask(in: lastWords) { channel.close(promise: nil) }
    }
}
