import Foundation

extension ZoneOffsets {
    /// - Parameter identifier: an IANA name; nil if this machine does not know it.
    package init?(_ identifier: String) {
        guard let zone = TimeZone(identifier: identifier) else { return nil }
        func offset(_ date: Date) -> Int64 { Int64(zone.secondsFromGMT(for: date)) * 1_000 }
        let end = Date(timeIntervalSince1970: 4_133_980_800)
        var date = Date(timeIntervalSince1970: 0)
        let first = offset(date)
        var last = first
        var changes: [Change] = []
        while let next = zone.nextDaylightSavingTimeTransition(after: date), next > date, next < end {
            date = next
            // Some changes concern the zone's name alone.
            guard offset(next) != last else { continue }
            last = offset(next)
            changes.append(Change(at: Int64((next.timeIntervalSince1970 * 1_000).rounded()), offset: last))
        }
        self.init(identifier: identifier, first: first, changes: changes)
    }
}
