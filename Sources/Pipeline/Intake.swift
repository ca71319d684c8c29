import Telemetry

/// What is learned of one message while its values are taken in one after the other.
struct Intake {
    /// One value with its time and quality settled.
    struct Sample {
        let point: Int
        let time: Int64
        let value: Double
        let quality: Quality
    }

    /// What became of one value.
    enum Outcome {
        case stored
        case duplicate
        /// The time has another value already.
        case conflict(recorded: Double)
    }

    let gateway: Int
    /// The time of values that carry none.
    let assigned: Int64
    /// How far the message's times are moved back.
    let shift: Int64
    /// The point whose value came first in the gateway's last message; -1 if that is not known.
    var firstPoint: Int32
    var live = 0
    /// Samples older than their point's newest, those sent before left out.
    private(set) var late = 0
    var conflicts = 0
    private(set) var newestLate = Int64.min

    init(gateway: Int, assigned: Int64, shift: Int64, firstPoint: Int32) {
        self.gateway = gateway
        self.assigned = assigned
        self.shift = shift
        self.firstPoint = firstPoint
    }

    mutating func noteOlder(_ time: Int64) {
        late += 1
        newestLate = max(newestLate, time)
    }
}
