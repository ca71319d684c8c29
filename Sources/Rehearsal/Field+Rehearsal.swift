import Settings

extension Field {
    /// Milliseconds of a length of time such as `1m30s`.
    func offset() -> Int64? {
        guard let text = text(valid: OffsetText.form) else { return nil }
        guard let length = OffsetText.milliseconds(text) else {
            fault("is \"\(text)\"", valid: OffsetText.form)
            return nil
        }
        return length
    }

    /// The same with a sign.
    func signedOffset() -> Int64? {
        let valid = "a length of time with its sign, such as +5m or -1h"
        guard let text = text(valid: valid) else { return nil }
        guard let length = OffsetText.signed(text) else {
            fault("is \"\(text)\"", valid: valid)
            return nil
        }
        return length
    }

    /// Text of one line or more.
    func lines() -> String? {
        guard case .scalar(let text, _) = value else {
            fault("is \(value.summary)", valid: "a text")
            return nil
        }
        return text
    }
}
