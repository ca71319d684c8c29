import Foundation
import Registry
import Testing

@Suite("A table of a zone's offsets")
struct ZoneOffsetTests {
    private static let zones = [
        "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Shanghai", "Africa/Casablanca",
        "Pacific/Apia", "Asia/Pyongyang", "America/Caracas", "Asia/Gaza", "Antarctica/Troll", "UTC",
    ]

    @Test("agrees with the system's, from 1970 to 2100", arguments: ZoneOffsetTests.zones)
    func offsets(name: String) throws {
        let zone = try #require(TimeZone(identifier: name))
        let table = try #require(ZoneOffsets(name))
        // Every thirteen hours and seven minutes, so that all times of the day are met.
        for second in stride(from: 0, to: 4_133_980_800, by: 47_220) {
            let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(second)))
            guard table.offset(at: Int64(second) * 1_000) != Int64(offset) * 1_000 else { continue }
            Issue.record("\(name) is \(offset) s ahead at \(second)")
            return
        }
        #expect(table.offset(at: .min / 2) == table.first)
    }

    @Test("finds the first instant that shows a local time or a later one", arguments: ZoneOffsetTests.zones)
    func instants(name: String) throws {
        let table = try #require(ZoneOffsets(name))
        for change in table.changes {
            for minutes in stride(from: Int64(-26 * 60), through: 26 * 60, by: 45) {
                let local = change.at + change.offset + minutes * 60_000
                let found = table.instant(ofLocal: local)
                #expect(table.local(found) >= local, "\(name) \(local)")
                #expect(table.local(found - 1) < local, "\(name) \(local)")
                let shownBefore = stride(from: found - 30 * 3_600_000, to: found, by: 600_000).contains {
                    table.local($0) >= local
                }
                #expect(!shownBefore, "\(name) \(local)")
            }
        }
    }

    @Test("is not made of a name that no zone has")
    func unknown() {
        #expect(ZoneOffsets("Europe/Nowhere") == nil)
    }
}
