import Foundation

/// Numbers for people: no more digits than help.
enum FigureText {
    static func text(_ value: Double) -> String {
        guard value.isFinite else { return "–" }
        let size = abs(value)
        let digits = size >= 1_000 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : 4
        let scale = pow(10, Double(digits))
        let rounded = (value * scale).rounded() / scale
        return rounded == rounded.rounded() && abs(rounded) < 1e15 ? String(Int64(rounded)) : "\(rounded)"
    }
}
