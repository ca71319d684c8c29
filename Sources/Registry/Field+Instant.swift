import Foundation
import Settings

extension Field {
    static let instantForm = "a time with its zone, such as 2026-10-01T00:00:00+08:00"

    /// A time that says its zone, in UTC milliseconds.
    func instant() -> Int64? {
        guard let text = text(valid: Field.instantForm) else { return nil }
        guard let date = ISO8601DateFormatter().date(from: text) else {
            fault("is \"\(text)\"", valid: Field.instantForm)
            return nil
        }
        return Int64((date.timeIntervalSince1970 * 1_000).rounded())
    }
}
