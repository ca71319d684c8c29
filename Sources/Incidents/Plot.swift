import Historian
import Registry
import Telemetry

/// One point's samples over the window, as SVG.
struct Plot {
    /// More samples than so many are drawn as the least and greatest of each column.
    static let mostSamples = 2_000
    /// A column takes about a pixel and a half.
    private var columns: Int { Int(scale.width / 1.5) }

    let samples: SampleSeries
    let rules: [AlarmRule]
    let zone: NodeTime
    let scale: PlotScale
    let moment: Int64
    /// When the alarm was active.
    let active: [ClosedRange<Int64>]

    private static let limits: [Condition] = [.highHigh, .high, .low, .lowLow]

    init(
        _ samples: SampleSeries, rules: [AlarmRule], times: ClosedRange<Int64>, moment: Int64,
        active: [ClosedRange<Int64>], zone: NodeTime, width: Double = PlotScale.usualWidth
    ) {
        self.samples = samples
        self.rules = rules.filter { Plot.limits.contains($0.condition) && $0.limit.isFinite }
        self.moment = moment
        self.active = active
        self.zone = zone
        let shown = samples.values.indices.filter { !Plot.isBad(samples, $0) }.map { samples.values[$0] }
        scale = PlotScale(times: times, values: shown + self.rules.map(\.limit), width: width)
    }

    static func isBad(_ samples: SampleSeries, _ place: Int) -> Bool {
        samples.qualities[place] & 0xC0 == 0 || samples.qualities[place] & 0xC0 == 0x80
            || !samples.values[place].isFinite
    }

    static func isUncertain(_ samples: SampleSeries, _ place: Int) -> Bool {
        samples.qualities[place] & 0xC0 == 0x40
    }

    var svg: String {
        let isEnvelope = samples.count > Plot.mostSamples
        return
            "<svg viewBox=\"0 0 \(Plot.coordinate(scale.width)) \(Plot.coordinate(PlotScale.height))\" role=\"img\">"
            + spans + axes + limits + (isEnvelope ? envelope : line) + marks + momentLine + "</svg>"
    }

    private static func coordinate(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }

    private func at(_ time: Int64, _ value: Double) -> String {
        "\(Plot.coordinate(scale.x(time))) \(Plot.coordinate(scale.y(value)))"
    }

    private var spans: String {
        active.map { span in
            let start = scale.x(span.lowerBound)
            let width = max(1, scale.x(span.upperBound) - start)
            let height = PlotScale.height - PlotScale.top - PlotScale.bottom
            return "<rect class=\"active\" x=\"\(Plot.coordinate(start))\" y=\"\(PlotScale.top)\" "
                + "width=\"\(Plot.coordinate(width))\" height=\"\(height)\"/>"
        }.joined()
    }

    private var axes: String {
        let end = Plot.coordinate(scale.width - PlotScale.right)
        let foot = PlotScale.height - PlotScale.bottom
        var text = ""
        for mark in scale.valueMarks {
            let y = Plot.coordinate(scale.y(mark))
            text += "<path class=\"grid\" d=\"M\(PlotScale.left) \(y)H\(end)\"/>"
            text += "<text x=\"\(PlotScale.left - 6)\" y=\"\(y)\" dy=\"3.5\" text-anchor=\"end\">"
            text += "\(FigureText.text(mark))</text>"
        }
        let (times, seconds) = scale.timeMarks(zone)
        for mark in times {
            let x = Plot.coordinate(scale.x(mark))
            text += "<path class=\"grid\" d=\"M\(x) \(PlotScale.top)V\(foot + 4)\"/>"
            text += "<text x=\"\(x)\" y=\"\(foot + 16)\" text-anchor=\"middle\">"
            text += "\(zone.clock(mark, seconds: seconds))</text>"
        }
        return text + "<path class=\"axis\" d=\"M\(PlotScale.left) \(PlotScale.top)V\(foot)H\(end)\"/>"
    }

    private var limits: String {
        var lastName = Double.infinity
        return rules.sorted { $0.limit < $1.limit }.map { rule in
            let y = Plot.coordinate(scale.y(rule.limit))
            // Names of limits that lie close together keep apart.
            let nameY = min(scale.y(rule.limit), lastName - 10)
            lastName = nameY
            let end = scale.width - PlotScale.right
            let kind = rule.condition == .highHigh || rule.condition == .lowLow ? "limit outer" : "limit"
            return "<path class=\"\(kind)\" d=\"M\(PlotScale.left) \(y)H\(Plot.coordinate(end))\"/>"
                + "<text class=\"name\" x=\"\(end + 4)\" y=\"\(Plot.coordinate(nameY))\" dy=\"3.5\">\(rule.condition.name)</text>"
        }.joined()
    }

    /// Every sample, joined where none is missing between them.
    private var line: String {
        let gap = Plot.gap(samples.times)
        var path = ""
        var last: Int?
        for place in samples.times.indices where !Plot.isBad(samples, place) {
            let time = samples.times[place]
            let isJoined = last.map { $0 + 1 == place && time - samples.times[$0] <= gap } ?? false
            path += (isJoined ? "L" : "M") + at(time, samples.values[place]) + (isJoined ? "" : "h0.01")
            last = place
        }
        return path.isEmpty ? "" : "<path class=\"line\" d=\"\(path)\"/>"
    }

    /// Five times the usual distance: more is a gap.
    private static func gap(_ times: [Int64]) -> Int64 {
        let steps = zip(times.dropFirst(), times).map { $0 - $1 }.sorted()
        return steps.isEmpty ? 0 : max(1, steps[steps.count / 2]) * 5
    }

    /// The least and greatest of each column.
    private var envelope: String {
        var columns: [Int: ClosedRange<Double>] = [:]
        for place in samples.times.indices where !Plot.isBad(samples, place) {
            let value = samples.values[place]
            let known = columns[column(place)]
            columns[column(place)] = min(known?.lowerBound ?? value, value)...max(known?.upperBound ?? value, value)
        }
        var path = ""
        for (column, values) in columns.sorted(by: { $0.key < $1.key }) {
            let bottom = scale.y(values.lowerBound)
            let top = min(scale.y(values.upperBound), bottom - 1.4)
            path += "M\(Plot.coordinate(x(column))) \(Plot.coordinate(bottom))V\(Plot.coordinate(top))"
        }
        return path.isEmpty ? "" : "<path class=\"envelope\" d=\"\(path)\"/>"
    }

    private func column(_ place: Int) -> Int {
        let share =
            (scale.x(samples.times[place]) - PlotScale.left) / (scale.width - PlotScale.left - PlotScale.right)
        return Int(share * Double(columns - 1))
    }

    private func x(_ column: Int) -> Double {
        PlotScale.left + Double(column) / Double(columns - 1)
            * (scale.width - PlotScale.left - PlotScale.right)
    }

    /// Uncertain samples as rings where they lie, bad ones as marks at the foot; no more than one a column.
    private var marks: String {
        var uncertain: [Int: Int] = [:]
        var bad: Set<Int> = []
        for place in samples.times.indices {
            if Plot.isBad(samples, place) {
                bad.insert(column(place))
            } else if Plot.isUncertain(samples, place) {
                uncertain[column(place)] = place
            }
        }
        let foot = PlotScale.height - PlotScale.bottom
        let rings = uncertain.sorted { $0.key < $1.key }.map { _, place in
            "<circle class=\"uncertain\" r=\"2\" cx=\"\(Plot.coordinate(scale.x(samples.times[place])))\" "
                + "cy=\"\(Plot.coordinate(scale.y(samples.values[place])))\"/>"
        }.joined()
        let path = bad.sorted().map { "M\(Plot.coordinate(x($0))) \(foot)V\(foot - 9)" }.joined()
        return rings + (path.isEmpty ? "" : "<path class=\"bad\" d=\"\(path)\"/>")
    }

    private var momentLine: String {
        guard scale.times.contains(moment) else { return "" }
        let x = Plot.coordinate(scale.x(moment))
        return "<path class=\"moment\" d=\"M\(x) \(PlotScale.top)V\(PlotScale.height - PlotScale.bottom)\"/>"
    }
}
