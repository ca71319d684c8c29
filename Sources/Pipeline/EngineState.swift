package import Alarms
package import Escalation
package import Telemetry

/// Everything the engine needs to go on where the last committed burst left off.
package struct EngineState: Sendable {
    /// A point's newest sample as recorded, late ones left out.
    package struct RecordedSample: Sendable {
        package var point: PointIndex
        package var time: Int64
        package var value: Double
        package var quality: Quality
        package var epoch: UInt8

        package init(point: PointIndex, time: Int64, value: Double, quality: Quality, epoch: UInt8) {
            self.point = point
            self.time = time
            self.value = value
            self.quality = quality
            self.epoch = epoch
        }
    }

    package var alarms: [Alarm] = []
    package var delays: [Delay] = []
    package var shelves: [Shelf] = []
    /// Open tasks only.
    package var tasks: [EscalationTask] = []
    /// By gateway name.
    package var gateways: [String: GatewayRecord] = [:]
    /// At most one a point.
    package var samples: [RecordedSample] = []
    /// What rules need of a point's past.
    package var watches: [(point: PointIndex, watch: Watch)] = []
    /// Hashes of messages without times, oldest first.
    package var recentMessages: [UInt64] = []
    package var lastSequence: Int64 = 0
    /// The last sequence on each site's topic.
    package var lastSequenceBySite: [String: Int64] = [:]
    package var accounting = Accounting()
    /// When the last burst was committed, UTC milliseconds.
    package var lastCommit: Int64?

    package init() {}
}
