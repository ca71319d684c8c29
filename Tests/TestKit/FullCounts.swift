import Foundation

/// Whether tests that have a short form run their full one.
package enum FullCounts {
    /// HAZARDD_LONG is set (`deploy/test --long`).
    package static let areAsked =
        ProcessInfo.processInfo.environment["HAZARDD_LONG"].map { !$0.isEmpty && $0 != "0" } ?? false
}
