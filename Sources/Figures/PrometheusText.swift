/// Writes metrics in Prometheus' text format, version 0.0.4.
package struct PrometheusText {
    package private(set) var text = ""

    package init() {}

    package mutating func counter(_ name: String, _ help: String, _ value: Int64) {
        head(name, help, "counter")
        text += "\(name) \(value)\n"
    }

    package mutating func counter(_ name: String, _ help: String, _ value: Double) {
        head(name, help, "counter")
        text += "\(name) \(PrometheusText.number(value))\n"
    }

    package mutating func gauge(_ name: String, _ help: String, _ value: Double) {
        head(name, help, "gauge")
        text += "\(name) \(PrometheusText.number(value))\n"
    }

    package mutating func gauge(_ name: String, _ help: String, _ value: Int64) {
        gauge(name, help, Double(value))
    }

    package mutating func gauge(_ name: String, _ help: String, _ value: Bool) {
        gauge(name, help, value ? 1.0 : 0)
    }

    /// One metric with a label.
    package mutating func series(
        _ name: String, _ help: String, type: String, label: String, _ values: [(label: String, value: Int64)]
    ) {
        head(name, help, type)
        for (value, number) in values { text += "\(name){\(label)=\"\(PrometheusText.escaped(value))\"} \(number)\n" }
    }

    /// One metric with several labels.
    /// - Parameter values: each with a text for every label, in their order.
    package mutating func series(
        _ name: String, _ help: String, type: String, labels: [String], _ values: [(labels: [String], value: Int64)]
    ) {
        head(name, help, type)
        for (texts, number) in values {
            let pairs = zip(labels, texts).map { "\($0)=\"\(PrometheusText.escaped($1))\"" }.joined(separator: ",")
            text += "\(name){\(pairs)} \(number)\n"
        }
    }

    package mutating func histogram(_ name: String, _ help: String, _ histogram: Histogram) {
        head(name, help, "histogram")
        var sum: Int64 = 0
        for (bound, count) in zip(histogram.bounds, histogram.counts) {
            sum += count
            text += "\(name)_bucket{le=\"\(PrometheusText.number(bound))\"} \(sum)\n"
        }
        text += "\(name)_bucket{le=\"+Inf\"} \(histogram.count)\n"
        text += "\(name)_sum \(PrometheusText.number(histogram.sum))\n\(name)_count \(histogram.count)\n"
    }

    private mutating func head(_ name: String, _ help: String, _ type: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && value.magnitude < 1e15 ? String(Int64(value)) : "\(value)"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
