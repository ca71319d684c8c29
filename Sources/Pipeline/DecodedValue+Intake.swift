import Decoding
import Telemetry

extension DecodedValue {
    /// The tag's bytes; good as long as the message is.
    var rawTag: UnsafeRawBufferPointer {
        unsafe UnsafeRawBufferPointer(tagBytes)
    }

    /// Whether there is something to record: a number, or the statement that there is none.
    var isUsable: Bool { kind == .value || kind == .missing }

    /// The quality to record: what the source says, but bad where it has no value.
    var effectiveQuality: Quality { kind == .missing ? .bad : Quality(rawValue: quality) }

    /// What was found and what would be right.
    var faultText: String {
        switch kind {
        case .value, .missing: ""
        case .wrongType: "the value is neither a number, a number in a string, a boolean, null nor {v,q,ts}"
        case .notFinite: "the value is not a finite number"
        case .badQuality: "q is not a whole number from 0 to 255"
        case .badTime: "ts is neither UTC milliseconds nor a time of day with its date"
        }
    }
}
