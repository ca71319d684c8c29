import Foundation

/// The zone that a source's zone-less times are in.
///
/// Asking Foundation for an offset costs a microsecond or more, so the answer is kept for the quarter of an hour it
/// was asked for: zones change their offset at such borders only. One thread owns it; it is not `Sendable`.
package final class LocalTimeZone {
    package let identifier: String
    private let rules: TimeZone?
    private var knownQuarter = Int64.min
    private var knownOffset: Int64 = 0

    private static let quarter: Int64 = 900_000
    private static let day: Int64 = 86_400_000

    /// - Parameter identifier: an IANA name such as `Asia/Shanghai`. One that this machine does not know leaves every
    ///   local time unreadable.
    package init(identifier: String) {
        self.identifier = identifier
        rules = TimeZone(identifier: identifier)
    }

    package var isKnown: Bool { rules != nil }

    /// Milliseconds by which the zone is ahead of UTC at a local time, given as if it were UTC; nil if the zone is
    /// unknown.
    ///
    /// A local time that occurs twice, when clocks are set back, is its first occurrence; one that is skipped, when
    /// they are set forward, counts on from before the change.
    package func offset(atLocal local: Int64) -> Int64? {
        guard let rules else { return nil }
        let quarter = local / LocalTimeZone.quarter
        if quarter != knownQuarter {
            knownOffset = LocalTimeZone.offset(atLocal: local, in: rules)
            knownQuarter = quarter
        }
        return knownOffset
    }

    /// No two changes are less than two days apart, so the offsets a day before and a day after are those on either
    /// side of the nearest change.
    private static func offset(atLocal local: Int64, in rules: TimeZone) -> Int64 {
        let before = offset(atUTC: local - day, in: rules)
        let after = offset(atUTC: local + day, in: rules)
        if offset(atUTC: local - before, in: rules) == before { return before }
        if offset(atUTC: local - after, in: rules) == after { return after }
        return before
    }

    private static func offset(atUTC milliseconds: Int64, in rules: TimeZone) -> Int64 {
        Int64(rules.secondsFromGMT(for: Date(timeIntervalSince1970: Double(milliseconds) / 1_000))) * 1_000
    }
}
