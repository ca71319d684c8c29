import Decoding
import Testing

@Suite("Times as text")
struct TimeTextTests {
    @Test("times in RFC 3339 and zone-less times are read", arguments: times)
    func reads(text: String, zone: String, milliseconds: Int64) {
        #expect(TimeText.parse(text, timeZone: zone) == milliseconds)
    }

    @Test("anything else is no time", arguments: refused)
    func refuses(_ text: String) {
        #expect(TimeText.parse(text, timeZone: "UTC") == nil)
    }

    @Test("the remembered offset is not used across a change of clocks")
    func followsChanges() {
        let zone = LocalTimeZone(identifier: "Europe/Berlin")
        let texts = ["2025-03-30 01:59:59", "2025-03-30 03:00:00", "2025-03-30 01:59:59", "2025-10-26 03:00:00"]
        let read = texts.map { TimeText.parse($0.utf8, in: zone) }
        #expect(read == [1_743_296_399_000, 1_743_296_400_000, 1_743_296_399_000, 1_761_444_000_000])
    }

    static let times: [(text: String, zone: String, milliseconds: Int64)] = [
        ("1970-01-01T00:00:00Z", "UTC", 0),
        ("1970-01-01 08:00:00", "Asia/Shanghai", 0),
        ("1969-12-31T23:30:00-01:00", "UTC", 1_800_000),
        ("2025-11-23T06:40:00Z", "Asia/Shanghai", 1_763_880_000_000),
        ("2025-11-23t06:40:00.1z", "UTC", 1_763_880_000_100),
        ("2025-11-23 14:40:00.129999999+08:00", "UTC", 1_763_880_000_129),
        ("2025-11-23T01:10:00.5-05:30", "UTC", 1_763_880_000_500),
        ("2025-11-23T14:40:00", "Asia/Shanghai", 1_763_880_000_000),
        ("2025-11-23 14:40:00.12", "Asia/Shanghai", 1_763_880_000_120),
        ("2024-02-29T00:00:00Z", "UTC", 1_709_164_800_000),
        ("2016-12-31T23:59:60Z", "UTC", 1_483_228_800_000),
        ("2262-12-31T23:59:59.999Z", "UTC", 9_246_182_399_999),
        ("2025-07-01 12:00:00", "America/New_York", 1_751_385_600_000),
        // Set back: the first of two. Set forward: on from before the change.
        ("2025-10-26 02:30:00", "Europe/Berlin", 1_761_438_600_000),
        ("2025-03-30 02:30:00", "Europe/Berlin", 1_743_298_200_000),
        ("1988-07-01 12:00:00", "Asia/Shanghai", 583_729_200_000),
    ]

    static let refused = [
        "", "2025", "2025-11-23", "2025-11-23T06:40Z", "2025-11-23T06:40:00 Z", " 2025-11-23T06:40:00Z",
        "2025-11-23T06:40:00Z ", "2025-11-23T06:40:00.Z", "2025-11-23T06:40:00,5Z", "2025-11-23T06:40:00+0800",
        "2025-11-23T06:40:00+08", "2025-11-23T06:40:00+24:00", "2025-11-23T06:40:00+08:60", "2025-13-01T00:00:00Z",
        "2025-00-01T00:00:00Z", "2025-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2025-04-31T00:00:00Z",
        "2025-01-00T00:00:00Z", "2025-01-01T24:00:00Z", "2025-01-01T00:60:00Z", "2025-01-01T00:00:61Z",
        "1969-12-31T23:59:59.999Z", "2263-01-01T00:00:00Z", "1970-01-01T00:00:00+00:01", "-2025-01-01T00:00:00Z",
        "２025-01-01T00:00:00Z", "2025/01/01T00:00:00Z", "20250101T000000Z", "2025-01-01T00:00:00Zx", "now",
    ]
}
