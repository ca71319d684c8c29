import AlarmFigures

/// Alarms over time as rows of text: by ten minutes, hours, days or thirty days, as the range is long.
struct LoadChart {
    struct Row {
        let label: String
        var count = 0
        /// The most in one interval of ten minutes.
        var peak = 0
    }

    private static let width = 50
    private static let hour: Int64 = 3_600_000
    private static let day = 24 * hour

    let rows: [Row]
    let title: String
    /// More than so many in ten minutes are marked.
    private let limit: Int

    init(_ load: AlarmLoad, range: Range<Int64>, limit: Int, time: LocalTime) {
        self.limit = limit
        let bucket = AlarmLoad.bucket(of: range)
        title = LoadChart.title(bucket)
        let counts = Dictionary(uniqueKeysWithValues: load.intervals.map { ($0.start, $0.count) })
        let start = AlarmLoad.start(of: range.lowerBound)
        var rows: [Row] = []
        for moment in stride(from: start, to: range.upperBound, by: Int64.Stride(AlarmLoad.length)) {
            let isNew: Bool
            let label: String
            if bucket > LoadChart.day {
                isNew = (moment - start) % bucket == 0
                label = isNew ? String(time.text(moment).prefix(10)) : ""
            } else {
                label = LoadChart.label(time.text(moment), bucket)
                isNew = rows.last?.label != label
            }
            if isNew { rows.append(Row(label: label)) }
            guard let count = counts[moment], !rows.isEmpty else { continue }
            rows[rows.count - 1].count += count
            rows[rows.count - 1].peak = max(rows[rows.count - 1].peak, count)
        }
        self.rows = rows
    }

    private static func title(_ bucket: Int64) -> String {
        switch bucket {
        case AlarmLoad.length: "10 MIN"
        case hour: "HOUR"
        case day: "DAY"
        default: "30 DAYS"
        }
    }

    private static func label(_ text: String, _ bucket: Int64) -> String {
        switch bucket {
        case AlarmLoad.length: String(text.prefix(16))
        case hour: text.prefix(13) + ":00"
        default: String(text.prefix(10))
        }
    }

    func print(to output: inout StandardOutput) {
        let most = max(1, rows.map(\.count).max() ?? 0)
        var table = TextTable(title, "ALARMS", "PEAK 10 MIN", "")
        for row in rows {
            let length = (row.count * LoadChart.width + most - 1) / most
            let mark = row.peak > limit ? " !" : ""
            table.add(
                row.label, String(row.count), String(row.peak) + mark, String(repeating: "#", count: length))
        }
        table.print(to: &output, ifEmpty: "")
    }
}
