/// The dialects of telemetry, by the names that `sources` in the settings gives them.
package enum PayloadFormat: String, CaseIterable, Sendable {
    /// The native payload: `{"seq":…,"ts":…,"values":{…}}` or an array of such objects.
    case json
}
