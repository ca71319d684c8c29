import Alarms
import Store
import Telemetry

/// Samples in InfluxDB's line protocol: measurement `hazard`, tags site, point and unit, fields value and quality, times in
/// nanoseconds.
struct InfluxOutput: SampleOutput {
    private static let nanoseconds: Int64 = 1_000_000

    private var file: OutputFile
    /// By `SITE/POINT`.
    private let units: [String: String]

    init(_ file: OutputFile, units: [String: String]) {
        self.file = file
        self.units = units
    }

    mutating func write(_ samples: [StoredSample], of point: String) throws {
        let parts = point.split(separator: "/", maxSplits: 1)
        var head = "hazard,site=\(InfluxOutput.tag(parts.first ?? "")),point=\(InfluxOutput.tag(parts.last ?? ""))"
        if let unit = units[point], !unit.isEmpty { head += ",unit=\(InfluxOutput.tag(unit))" }
        head += " "
        for sample in samples {
            let (time, isOver) = sample.time.multipliedReportingOverflow(by: InfluxOutput.nanoseconds)
            guard !isOver else {
                throw CommandFailure(
                    "\(point) has a sample at \(sample.time) ms, which InfluxDB's nanoseconds do not reach; give --from and --to"
                )
            }
            file.append(head)
            if sample.value.isFinite { file.append("value=\(JSONText.number(sample.value)),") }
            file.append("quality=\(sample.quality.rawValue)i \(time)\n")
            try file.relieve()
        }
    }

    mutating func finish() throws {
        try file.close()
    }

    /// A tag's value: commas, equals signs and spaces are escaped; a line break has no place in one, and neither has a
    /// backslash at its end, which would escape what follows.
    private static func tag(_ text: some StringProtocol) -> String {
        var tag = ""
        for character in text.unicodeScalars {
            switch character {
            case ",", "=", " ": tag += "\\\(character)"
            case "\n", "\r", "\t": tag += "\\ "
            default: tag.unicodeScalars.append(character)
            }
        }
        while tag.hasSuffix("\\") { tag.removeLast() }
        return tag
    }
}
