package import AlarmFigures
package import Alarms
package import Escalation
package import Registry
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

    /// The most annunciations that a restart counts a flood by; of more, its text says less and no alarm is lost.
    package static let annunciationBound = 100_000

    package var alarms: [Alarm] = []
    package var delays: [Delay] = []
    package var withdrawals: [Withdrawal] = []
    /// Special periods of which the beginning is on record, and the end is not.
    package var periods: [String] = []
    /// Of climbs that have not ended only.
    package var tasks: [EscalationTask] = []
    /// The policies that standing episodes were born under.
    package var policies: [ULID: EscalationPolicy] = [:]
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
    /// What operators were told of in the last ten minutes of the event log, and since ten minutes before FLOOD was
    /// raised where it stands; in the order of the log, the newest `annunciationBound` at most.
    package var annunciations: [LoggedEvent] = []
    /// When the last burst was committed, UTC milliseconds.
    package var lastCommit: Int64?

    package init() {}

    /// From when on annunciations are needed, UTC milliseconds.
    /// - Parameter last: the time of the newest event.
    package func annunciationStart(last: Int64) -> Int64 {
        let flood = alarms.first { $0.subject.condition == .flood && $0.state.isActive }
        return min(last, flood?.raisedAt ?? last) - FloodRule.window
    }
}
