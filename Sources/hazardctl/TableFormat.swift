import ArgumentParser

/// How a list is printed: for people, or as one JSON object.
enum TableFormat: String, ExpressibleByArgument, CaseIterable {
    case table
    case json
}
