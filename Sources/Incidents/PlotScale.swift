/// Where values and times lie in a plot, and where its axes have marks.
struct PlotScale {
    /// Of most plots, and of the one that goes over the whole page.
    static let usualWidth = 660.0
    static let pageWidth = 1_080.0
    static let height = 190.0
    static let left = 54.0
    static let right = 40.0
    static let top = 10.0
    static let bottom = 24.0

    let times: ClosedRange<Int64>
    let values: ClosedRange<Double>
    let width: Double

    /// - Parameter values: everything that should be seen.
    init(times: ClosedRange<Int64>, values: [Double], width: Double) {
        self.width = width
        self.times = times.lowerBound...max(times.upperBound, times.lowerBound + 1)
        let least = values.min() ?? 0
        let greatest = values.max() ?? 1
        let margin = greatest > least ? (greatest - least) * 0.06 : max(abs(least) * 0.05, 0.5)
        self.values = (least - margin)...(greatest + margin)
    }

    func x(_ time: Int64) -> Double {
        let share = Double(time - times.lowerBound) / Double(times.upperBound - times.lowerBound)
        return PlotScale.left + min(max(share, 0), 1) * (width - PlotScale.left - PlotScale.right)
    }

    func y(_ value: Double) -> Double {
        let share = (value - values.lowerBound) / (values.upperBound - values.lowerBound)
        return PlotScale.height - PlotScale.bottom
            - min(max(share, 0), 1) * (PlotScale.height - PlotScale.top - PlotScale.bottom)
    }

    /// About five round numbers.
    var valueMarks: [Double] {
        let raw = (values.upperBound - values.lowerBound) / 5
        var unit = 1.0
        while unit > raw { unit /= 10 }
        while unit * 10 <= raw { unit *= 10 }
        let step = [1, 2, 2.5, 5, 10].map { $0 * unit }.first { $0 >= raw } ?? unit * 10
        let first = (values.lowerBound / step).rounded(.up)
        return (0..<12).map { (first + Double($0)) * step }.filter { $0 <= values.upperBound }
    }

    private static let steps: [Int64] = [
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400,
    ]

    /// Round times of the day in the node's zone, and whether they need seconds.
    func timeMarks(_ zone: NodeTime) -> (marks: [Int64], seconds: Bool) {
        let length = times.upperBound - times.lowerBound
        let step = 1_000 * (PlotScale.steps.first { length / ($0 * 1_000) <= 8 } ?? max(86_400, length / 8_000))
        let offset = zone.local(times.lowerBound) - times.lowerBound
        var mark = (times.lowerBound + offset) / step * step - offset
        var marks: [Int64] = []
        while mark <= times.upperBound {
            if mark >= times.lowerBound { marks.append(mark) }
            mark += step
        }
        return (marks, step < 60_000)
    }
}
