import Alarms
import Registry
import Store
import Telemetry

/// A point as commissioning looks at it.
struct PointRow {
    let identifier: String
    let point: Point
    /// Its newest; nil if none ever came.
    let sample: StoredSample?
    /// Its most urgent alarm that is not normal.
    let alarm: Alarm?

    var valueText: String {
        guard let sample else { return "-" }
        return sample.value.isFinite ? JSONText.number(sample.value) : "none"
    }

    var qualityText: String {
        guard let quality = sample?.quality else { return "-" }
        return quality.isGood ? "good" : quality.isUncertain ? "uncertain" : "bad"
    }

    var state: String {
        alarm.map { "\($0.subject.condition.name) \($0.state.name)" } ?? "normal"
    }

    var json: String {
        var json = JSONText()
        json.member("point", identifier)
        json.member("value", sample?.value)
        json.member("unit", point.unit.isEmpty ? nil : point.unit)
        json.member("quality", sample.map { Int64($0.quality.rawValue) })
        json.member("t_ms", sample?.time)
        json.member("condition", alarm?.subject.condition.name)
        json.member("state", alarm?.state.name ?? AlarmState.normal.name)
        json.member("name", point.title)
        return json.object
    }
}
