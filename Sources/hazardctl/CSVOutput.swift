import Alarms
import Store
import Telemetry

/// Samples as `hazardctl import` reads them.
struct CSVOutput: SampleOutput {
    private var file: OutputFile

    init(_ file: OutputFile) {
        self.file = file
        self.file.append("point,t_ms,value,quality\n")
    }

    mutating func write(_ samples: [StoredSample], of point: String) throws {
        let cell = CSVOutput.cell(point) + ","
        for sample in samples {
            file.append(cell)
            file.append(String(sample.time))
            file.append(UInt8(ascii: ","))
            if sample.value.isFinite { file.append(JSONText.number(sample.value)) }
            file.append(UInt8(ascii: ","))
            file.append(String(sample.quality.rawValue))
            file.append(UInt8(ascii: "\n"))
            try file.relieve()
        }
    }

    mutating func finish() throws {
        try file.close()
    }

    private static func cell(_ text: String) -> String {
        guard text.contains(where: { ",\"".contains($0) }) else { return text }
        return "\"\(text.replacing("\"", with: "\"\""))\""
    }
}
