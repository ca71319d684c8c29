/// What is kept of a gateway across restarts.
package struct GatewayRecord: Sendable, Hashable {
    /// Its last sequence number; -1 before the first.
    package var lastSequence: Int64
    /// Counts the backward steps of its clock.
    package var epoch: UInt8
    /// The newest time recorded before the last backward step; times up to it may be recorded already.
    package var highWater: Int64
    /// Whether its status topic says offline.
    package var isDeclaredOffline: Bool
    /// When the GAP alarm returns, UTC milliseconds; nil without one.
    package var gapEnds: Int64?
    /// Messages found missing by sequence number.
    package var missed: Int64

    package init(
        lastSequence: Int64 = -1, epoch: UInt8 = 0, highWater: Int64 = .min, isDeclaredOffline: Bool = false,
        gapEnds: Int64? = nil, missed: Int64 = 0
    ) {
        self.lastSequence = lastSequence
        self.epoch = epoch
        self.highWater = highWater
        self.isDeclaredOffline = isDeclaredOffline
        self.gapEnds = gapEnds
        self.missed = missed
    }
}
