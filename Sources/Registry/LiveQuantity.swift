/// How much of a substance is there now, as far as that can be told.
package enum LiveQuantity: Hashable, Sendable {
    /// Tonnes by the last good sample, and its age in milliseconds.
    case measured(Double, age: Int64)
    /// Why no sample counts; the design maximum takes its place, or what was read where that is more.
    case unusable(String, reading: Double? = nil)

    /// How long a good sample of a point that is never stale counts, in milliseconds.
    private static let longest: Int64 = 86_400_000

    /// How old a point's good sample may be, in milliseconds.
    package static func window(of point: Point) -> Int64 {
        point.staleAfter > 0 ? point.staleAfter : longest
    }

    /// Judges a point's last good sample.
    /// - Parameters:
    ///   - sample: nil if there is none within the point's window.
    ///   - age: milliseconds by the source's own time; a clock that is ahead counts as no age.
    package init(_ sample: (value: Double, age: Int64)?, of point: Point) {
        guard let sample else {
            let seconds = (Double(LiveQuantity.window(of: point)) / 1_000).figure
            self = .unusable("has no good sample of the last \(seconds) s")
            return
        }
        let value = sample.value
        let low = max(point.low ?? 0, 0)
        let high = point.high ?? .infinity
        if value < low || value > high {
            let range = high.isFinite ? "\(low.figure) to \(high.figure)" : "\(low.figure) or more"
            self = .unusable("reads \(value.figure) t, which is not \(range)", reading: value)
        } else {
            self = .measured(value, age: max(0, sample.age))
        }
    }
}
