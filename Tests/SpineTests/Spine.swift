import Foundation
import Testing

/// The acceptance tests with real processes. They run one after the other, as they measure time and share the CPU.
@Suite("The spine", .serialized)
enum Spine {
    /// Set for full counts (`deploy/test --long`); without it each test runs its short form.
    static let isLong = ProcessInfo.processInfo.environment["HAZARDD_LONG"].map { !$0.isEmpty && $0 != "0" } ?? false

    /// UTC milliseconds by this machine's clock, which the daemon shares.
    static var now: Int64 { Int64((Date().timeIntervalSince1970 * 1_000).rounded(.down)) }
}
