import Alarms
import Telemetry

/// One stretch during which an alarm's condition was active.
struct Activation {
    let subject: AlarmSubject
    let priority: Priority
    /// When it was raised, UTC milliseconds.
    let raisedAt: Int64
    /// The time of the sample that raised it; the raise's own where no sample did.
    let sampledAt: Int64
    /// The same of its return; nil while it lasts.
    var returnedAt: Int64?
    var returnSampledAt: Int64?

    /// The stretch by the daemon's clock, or by the samples' own times.
    func span(bySamples: Bool) -> (start: Int64, end: Int64) {
        bySamples
            ? (sampledAt, max(sampledAt, returnSampledAt ?? .max)) : (raisedAt, max(raisedAt, returnedAt ?? .max))
    }

    var isOver: Bool { returnedAt != nil }
}
