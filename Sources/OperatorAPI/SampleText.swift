import Alarms
package import Historian
package import Store
import Telemetry

/// Samples and their summaries as they are written, for the command line and HTTP alike. A value that is none is an empty
/// cell in CSV, null in JSON.
package enum SampleText {
    package static let sampleHeader = "t_ms,value,quality"
    package static let bucketHeader = "t_ms,min,max,mean,count"

    package static func line(_ sample: StoredSample) -> String {
        "\(sample.time),\(sample.value.isFinite ? JSONText.number(sample.value) : ""),\(sample.quality.rawValue)"
    }

    package static func json(_ sample: StoredSample) -> String {
        "{\"t_ms\":\(sample.time),\"value\":\(JSONText.number(sample.value)),\"quality\":\(sample.quality.rawValue)}"
    }

    package static func line(_ bucket: SampleBucket) -> String {
        let figures = [bucket.least, bucket.greatest, bucket.mean].map { JSONText.number($0) }
        return "\(bucket.start),\(figures.joined(separator: ",")),\(bucket.count)"
    }

    package static func json(_ bucket: SampleBucket) -> String {
        let figures = [bucket.least, bucket.greatest, bucket.mean].map { JSONText.number($0) }
        return "{\"t_ms\":\(bucket.start),\"min\":\(figures[0]),\"max\":\(figures[1]),\"mean\":\(figures[2]),"
            + "\"count\":\(bucket.count)}"
    }
}
