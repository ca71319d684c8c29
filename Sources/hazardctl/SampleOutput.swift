import Historian
import Store

/// Where exported samples are written.
protocol SampleOutput {
    mutating func write(_ samples: [StoredSample], of point: String) throws
    mutating func finish() throws
}

extension SampleDatabase: SampleOutput {
    func write(_ samples: [StoredSample], of point: String) throws {
        try add(samples, of: point)
    }
}
