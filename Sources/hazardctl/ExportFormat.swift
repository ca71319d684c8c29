import ArgumentParser

/// What samples are exported as.
enum ExportFormat: String, ExpressibleByArgument, CaseIterable {
    case csv
    /// InfluxDB line protocol.
    case influx
    case sqlite
}
