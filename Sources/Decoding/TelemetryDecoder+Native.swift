import CSimdjson

/// The native payload of `schemas/telemetry.schema.json`.
extension TelemetryDecoder {
    static let nativeShape = #"an object {"seq", "ts", "values"} or an array of such objects"#

    func decodeNative(
        _ handle: OpaquePointer, _ payload: UnsafePointer<UInt8>, _ length: Int64
    ) -> DecodingFault? {
        let context = unsafe Unmanaged.passUnretained(zone).toOpaque()
        let outcome = unsafe csimdjson_decode_native(handle, payload, length, readTimeText, context).pointee
        guard unsafe outcome.fault == CSIMDJSON_FAULT_NONE else {
            return unsafe DecodingFault(reason: TelemetryDecoder.reason(outcome))
        }
        unsafe adopt(outcome)
        return nil
    }

    private static func reason(_ outcome: csimdjson_outcome) -> String {
        let place = unsafe outcome.fault_record < 0 ? "the payload" : "record \(outcome.fault_record + 1)"
        let found = unsafe TelemetryDecoder.found(outcome)
        switch unsafe outcome.fault {
        case CSIMDJSON_FAULT_NO_MEMORY:
            return "the payload cannot be read: there is no memory for it; a smaller one would be right"
        case CSIMDJSON_FAULT_TOO_LARGE:
            return "the payload is larger than 1 GiB; less would be right"
        case CSIMDJSON_FAULT_NOT_JSON:
            let explanation = unsafe outcome.explanation.map { unsafe String(cString: $0) } ?? "syntax error"
            return "the payload is not JSON in UTF-8 (\(explanation)); \(nativeShape) would be right"
        case CSIMDJSON_FAULT_ROOT_TYPE:
            return "the payload is \(found); \(nativeShape) would be right"
        case CSIMDJSON_FAULT_RECORD_TYPE:
            return #"\#(place) is \#(found); an object {"seq", "ts", "values"} would be right"#
        case CSIMDJSON_FAULT_VALUES_ABSENT:
            return #"\#(place) has no "values"; an object of tags and values would be right"#
        case CSIMDJSON_FAULT_VALUES_TYPE:
            return #""values" of \#(place) is \#(found); an object of tags and values would be right"#
        case CSIMDJSON_FAULT_SEQUENCE:
            return #""seq" of \#(place) is \#(found); a whole number from 0 to \#(Int64.max) would be right"#
        case CSIMDJSON_FAULT_TIME:
            return #""ts" of \#(place) is \#(found), no time in the years 1970 to 2262; "#
                + "UTC milliseconds, RFC 3339 or YYYY-MM-DD HH:MM:SS would be right"
        default:
            return "\(place) has \(found) more than once; once would be right"
        }
    }

    /// Names what stood in the wrong place, long text cut and control characters left out.
    private static func found(_ outcome: csimdjson_outcome) -> String {
        switch unsafe outcome.found {
        case CSIMDJSON_FOUND_NULL: return "null"
        case CSIMDJSON_FOUND_BOOLEAN: return "a boolean"
        case CSIMDJSON_FOUND_ARRAY: return "an array"
        case CSIMDJSON_FOUND_OBJECT: return "an object"
        case CSIMDJSON_FOUND_NUMBER:
            let number = unsafe outcome.found_number
            return Int64(exactly: number).map { "the number \($0)" } ?? "the number \(number)"
        default:
            let text = unsafe UnsafeBufferPointer(start: outcome.found_text, count: Int(outcome.found_length))
            let shown = unsafe String(decoding: text.prefix(48), as: UTF8.self)
            let printable = String(shown.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F })
            return text.count > 48 ? "the text \"\(printable)…\"" : "the text \"\(printable)\""
        }
    }
}

/// Called by the shim for each time written as text; the context is the decoder's zone, which outlives the call.
private func readTimeText(
    _ context: UnsafeMutableRawPointer, _ text: UnsafePointer<UInt8>, _ length: Int64
) -> Int64 {
    let zone = unsafe Unmanaged<LocalTimeZone>.fromOpaque(context).takeUnretainedValue()
    return unsafe TimeText.parse(UnsafeBufferPointer(start: text, count: Int(length)), in: zone) ?? Int64.min
}
