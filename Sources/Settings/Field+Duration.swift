extension Field {
    /// Milliseconds of a duration with its unit, such as `10m`.
    package func duration() -> Int64? {
        guard let text = text(valid: DurationText.form) else { return nil }
        guard let milliseconds = DurationText.milliseconds(text) else {
            fault("is \"\(text)\"", valid: DurationText.form)
            return nil
        }
        return milliseconds
    }
}
