package import Alarms
package import Registry
package import Store
import Telemetry

/// A point as commissioning looks at it, for the command line and HTTP alike.
package struct PointRow: Sendable {
    /// `SITE/POINT`.
    package let identifier: String
    package let point: Point
    /// Its newest; nil if none ever came.
    package let sample: StoredSample?
    /// Its most urgent alarm that is not normal.
    package let alarm: Alarm?

    package init(identifier: String, point: Point, sample: StoredSample?, alarm: Alarm?) {
        self.identifier = identifier
        self.point = point
        self.sample = sample
        self.alarm = alarm
    }

    package var valueText: String {
        guard let sample else { return "-" }
        return sample.value.isFinite ? JSONText.number(sample.value) : "none"
    }

    package var qualityText: String {
        guard let quality = sample?.quality else { return "-" }
        return quality.isGood ? "good" : quality.isUncertain ? "uncertain" : "bad"
    }

    package var state: String {
        alarm.map { "\($0.subject.condition.name) \($0.state.name)" } ?? "normal"
    }

    package var json: String {
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
