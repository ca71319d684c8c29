import Foundation

/// Shows figures as they are measured.
enum FigurePrinter {
    static func show(_ figure: Figure, as format: BenchOptions.Format) {
        let line = format == .json ? json(figure) : row(figure)
        try? FileHandle.standardOutput.write(contentsOf: Data((line + "\n").utf8))
    }

    private static func json(_ figure: Figure) -> String {
        let members = [
            "\"id\":\"\(figure.id)\"", "\"unit\":\"\(figure.unit)\"", "\"value\":\(number(figure.value))",
            "\"beside\":\"\(figure.beside)\"", "\"beside_value\":\(number(figure.besideValue))",
            "\"ratio\":\(number(figure.ratio))", "\"min\":\(number(figure.values.min() ?? .nan))",
            "\"max\":\(number(figure.values.max() ?? .nan))",
            "\"beside_min\":\(number(figure.besideValues.min() ?? .nan))",
            "\"beside_max\":\(number(figure.besideValues.max() ?? .nan))", "\"runs\":\(figure.values.count)",
        ]
        return "{\(members.joined(separator: ","))}"
    }

    private static func row(_ figure: Figure) -> String {
        "\(figure.id): \(number(figure.value)) \(figure.unit) (\(span(figure.values)), \(figure.values.count) runs); "
            + "\(figure.beside): \(number(figure.besideValue)) (\(span(figure.besideValues))); ratio \(number(figure.ratio))"
    }

    private static func span(_ values: [Double]) -> String {
        "\(number(values.min() ?? .nan))–\(number(values.max() ?? .nan))"
    }

    /// Four digits that count, which is more than these machines hold still for.
    private static func number(_ value: Double) -> String {
        guard value.isFinite else { return "null" }
        guard value != 0 else { return "0" }
        let digits = max(0, 3 - Int(log10(value.magnitude).rounded(.down)))
        let scale = pow(10, Double(digits))
        let rounded = (value * scale).rounded() / scale
        return rounded == rounded.rounded() ? String(Int64(rounded)) : "\(rounded)"
    }
}
