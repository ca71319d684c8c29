import ArgumentParser

/// How samples are printed; both in UTC milliseconds.
enum SampleFormat: String, ExpressibleByArgument, CaseIterable {
    case csv
    case json
}
