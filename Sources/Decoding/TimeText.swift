import Telemetry

/// Times written as text: RFC 3339, or `YYYY-MM-DD[T ]HH:MM:SS[.fff]` in a zone given beside it.
package enum TimeText {
    /// 2263-01-01T00:00:00Z in UTC milliseconds: one past the last time that can be read; the first is 0, 1970.
    package static let end: Int64 = TimestampText.days(year: 2263, month: 1, day: 1) * 86_400_000

    /// UTC milliseconds, digits beyond them dropped; nil for anything else than a time of the years 1970 to 2262.
    ///
    /// - Parameter timeZone: the IANA name of the zone of a time that names none.
    package static func parse(_ text: String, timeZone: String) -> Int64? {
        parse(text.utf8, in: LocalTimeZone(identifier: timeZone))
    }

    /// The same for bytes, with a zone that remembers its offset from call to call.
    package static func parse(_ text: some Collection<UInt8>, in zone: LocalTimeZone) -> Int64? {
        var reader = TimeTextReader(text)
        guard let local = reader.localMilliseconds() else { return nil }
        let offset = reader.isAtEnd ? zone.offset(atLocal: local) : reader.offsetMilliseconds()
        guard let offset, reader.isAtEnd else { return nil }
        let time = local - offset
        return time >= 0 && time < end ? time : nil
    }
}
