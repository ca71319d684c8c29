import Foundation
import Telemetry
import TestKit

/// Waits by looking again and again.
enum Wait {
    /// - Parameter every: seconds between looks.
    static func until(
        _ what: String, seconds: Double, every: Double = 0.002, _ condition: () throws -> Bool
    ) throws {
        let end = SystemClock.nanoseconds() + Int64(seconds * 1e9)
        while try !condition() {
            guard SystemClock.nanoseconds() < end else { throw TestKitError("not within \(seconds) s: \(what)") }
            usleep(UInt32(every * 1e6))
        }
    }
}
