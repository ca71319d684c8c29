import Registry
import Telemetry

/// What would have ended an alarm's chattering, by the record. It is a proposal and changes nothing: no alarm is ever
/// silenced, delayed or suppressed for chattering. It only proposes what keeps an alarm standing for longer, never an
/// on-delay, which would announce it later.
package struct ChatterProposal: Sendable, Hashable {
    /// A deadband in the point's unit; nil where the condition has no limit or the record no value.
    package let deadband: Double?
    package let unit: String?
    /// By how much longer the off-delay would be than it is, in milliseconds, whole seconds; nil where none can be set.
    package let offDelayLongerBy: Int64?
    /// The arithmetic, a sentence each.
    package let working: [String]

    /// How much more than what was seen. A choice of this program.
    static let margin = 1.2

    init(_ record: ChatterRecord, condition: Condition?) {
        var working: [String] = []
        let isOfPoint = condition.map { Condition.ofPoints.contains($0) } ?? false
        unit = record.unit
        if let deepest = record.deepest, deepest > 0, condition?.isLimit == true {
            let width = ChatterProposal.roundedUp(deepest * ChatterProposal.margin)
            let unit = record.unit.map { " " + $0 } ?? ""
            deadband = width
            working.append(
                "deadband: values that ended it lay at most \(deepest.figure)\(unit) off the limit; "
                    + "times \(ChatterProposal.margin), rounded up, \(width.figure)\(unit), at least.")
        } else {
            deadband = nil
        }
        if let gap = record.longestGap, isOfPoint {
            let seconds = max(1, Int64((Double(gap) * ChatterProposal.margin / 1_000).rounded(.up)))
            offDelayLongerBy = seconds * 1_000
            working.append(
                "off_delay_s: it came again at most \((Double(gap) / 1_000).figure) s after it returned; "
                    + "times \(ChatterProposal.margin), rounded up, \(seconds) s longer than now.")
        } else {
            offDelayLongerBy = nil
        }
        if working.isEmpty { working.append("no deadband or off-delay can be set for it: look for the cause.") }
        self.working = working
    }

    /// To two significant digits.
    static func roundedUp(_ value: Double) -> Double {
        guard value > 0, value.isFinite else { return value }
        // Scales of ten as whole numbers, so that the result is the nearest double to its decimal.
        var digits = value
        var power = 0
        while digits >= 100, power < 300 {
            digits /= 10
            power += 1
        }
        while digits < 10, power > -300 {
            digits *= 10
            power -= 1
        }
        // What multiplying by ten added is no reason to round up.
        let whole = (digits - digits * 1e-12).rounded(.up)
        return Double("\(Int(whole))e\(power)") ?? value
    }
}
