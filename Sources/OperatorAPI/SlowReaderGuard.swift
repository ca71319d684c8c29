import Hummingbird
import NIOCore

/// Ends a connection whose peer does not read: a write that the peer's side has not made room for in time would otherwise
/// hold its memory for as long as the peer likes.
final class SlowReaderGuard: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny
    typealias InboundOut = NIOAny

    /// What waits to be sent on one connection before whoever writes has to wait, in bytes: enough to keep a network busy.
    private static let waiting = ChannelOptions.Types.WriteBufferWaterMark(low: 8_192, high: 32_768)

    private let patience: TimeAmount
    private let tally: RequestTally
    private var deadline: Scheduled<Void>?

    init(patience: TimeAmount, tally: RequestTally) {
        self.patience = patience
        self.tally = tally
    }

    func handlerAdded(context: ChannelHandlerContext) {
        context.channel.setOption(ChannelOptions.writeBufferWaterMark, value: SlowReaderGuard.waiting).whenFailure {
            _ in
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable {
            deadline?.cancel()
            deadline = nil
        } else if deadline == nil {
            let (channel, tally) = (context.channel, tally)
            deadline = context.eventLoop.scheduleTask(in: patience) {
                tally.countCut()
                channel.close(promise: nil)
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
}
