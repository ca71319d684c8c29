import Foundation

/// Whether tests that have a short form run their full one.
package enum FullCounts {
    /// HAZARDD_LONG is set (`deploy/test --long`).
    package static let areAsked =
        ProcessInfo.processInfo.environment["HAZARDD_LONG"].map { !$0.isEmpty && $0 != "0" } ?? false

    /// For tests that would otherwise wait for ever. At full count others keep the processors busy for many minutes.
    package static var patienceMinutes: Int { areAsked ? 30 : 5 }
}
