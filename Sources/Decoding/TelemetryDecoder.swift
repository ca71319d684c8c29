import CSimdjson

/// How many bytes after a payload must be readable, whatever they hold: the parser's vector loads run past the end.
package let payloadPadding = Int(CSIMDJSON_PADDING)

/// Turns the messages of one source into flat values, in memory it reuses from message to message.
///
/// One thread owns it; it is not `Sendable`. A dialect is a case of `PayloadFormat` and one extension of this type that
/// ends in `adopt`, reading through a C function of its own that fills the same flat arrays.
@safe
package final class TelemetryDecoder {
    package let format: PayloadFormat
    /// The records of the last message, in its order; none if it was a fault. Good until the next message.
    package private(set) var records = unsafe UnsafeBufferPointer<DecodedRecord>(start: nil, count: 0)
    /// The values of the last message, record after record; none if it was a fault. Good until the next message.
    package private(set) var values = unsafe UnsafeBufferPointer<DecodedValue>(start: nil, count: 0)

    let zone: LocalTimeZone
    private let handle: OpaquePointer?

    /// - Parameter timeZone: the IANA name of the zone that zone-less times are in. With a name this machine does not
    ///   know, such times are faults, since any guess would date them wrongly.
    package init(format: PayloadFormat = .json, timeZone: String) {
        TelemetryDecoder.checkLayouts()
        self.format = format
        zone = LocalTimeZone(identifier: timeZone)
        unsafe handle = csimdjson_decoder_create()
    }

    deinit {
        unsafe csimdjson_decoder_destroy(handle)
    }

    /// Reads one message; afterwards `records` and `values` hold it.
    ///
    /// - Parameter payload: the message; `payloadPadding` bytes after it must be readable too.
    /// - Returns: nil, or why the message as a whole is unusable. Faults of single values are in their `kind`.
    package func decode(_ payload: UnsafeRawBufferPointer) -> DecodingFault? {
        unsafe records = UnsafeBufferPointer(start: nil, count: 0)
        unsafe values = UnsafeBufferPointer(start: nil, count: 0)
        guard let handle = unsafe handle else {
            return DecodingFault(reason: "the message cannot be read: there is no memory for a decoder")
        }
        guard let bytes = payload.baseAddress, unsafe !payload.isEmpty else {
            return DecodingFault(reason: "the payload is empty; \(TelemetryDecoder.nativeShape) would be right")
        }
        let start = unsafe bytes.assumingMemoryBound(to: UInt8.self)
        switch format {
        case .json: return unsafe decodeNative(handle, start, Int64(payload.count))
        }
    }

    /// Parses a message and looks at nothing in it: what `hazard-bench` holds decoding against.
    /// - Returns: whether it is JSON. `payloadPadding` bytes after it must be readable.
    package func parseOnly(_ payload: UnsafeRawBufferPointer) -> Bool {
        guard let handle = unsafe handle, let bytes = payload.baseAddress else { return false }
        return unsafe csimdjson_parse_only(
            handle, bytes.assumingMemoryBound(to: UInt8.self), Int64(payload.count)) != 0
    }

    /// Makes the shim's arrays this message's records and values.
    func adopt(_ outcome: csimdjson_outcome) {
        // The structs are the same bytes on both sides, as `checkLayouts` holds.
        unsafe records = UnsafeBufferPointer(
            start: UnsafeRawPointer(outcome.records)?.assumingMemoryBound(to: DecodedRecord.self),
            count: Int(outcome.record_count))
        unsafe values = UnsafeBufferPointer(
            start: UnsafeRawPointer(outcome.values)?.assumingMemoryBound(to: DecodedValue.self),
            count: Int(outcome.value_count))
    }

    /// Holds that the shim's structs can be read in place as ours; the compiler folds it away when they can.
    private static func checkLayouts() {
        let agree =
            unsafe MemoryLayout<DecodedValue>.stride == MemoryLayout<csimdjson_value>.stride
            && MemoryLayout<DecodedValue>.offset(of: \.tag) == MemoryLayout<csimdjson_value>.offset(of: \.tag)
            && MemoryLayout<DecodedValue>.offset(of: \.tagLength)
                == MemoryLayout<csimdjson_value>.offset(of: \.tag_length)
            && MemoryLayout<DecodedValue>.offset(of: \.kind) == MemoryLayout<csimdjson_value>.offset(of: \.kind)
            && MemoryLayout<DecodedValue>.offset(of: \.quality) == MemoryLayout<csimdjson_value>.offset(of: \.quality)
            && MemoryLayout<DecodedValue>.offset(of: \.time) == MemoryLayout<csimdjson_value>.offset(of: \.time)
            && MemoryLayout<DecodedValue>.offset(of: \.value) == MemoryLayout<csimdjson_value>.offset(of: \.value)
            && MemoryLayout<DecodedRecord>.stride == MemoryLayout<csimdjson_record>.stride
            && MemoryLayout<DecodedRecord>.offset(of: \.firstValue)
                == MemoryLayout<csimdjson_record>.offset(of: \.first_value)
            && MemoryLayout<DecodedRecord>.offset(of: \.valueCount)
                == MemoryLayout<csimdjson_record>.offset(of: \.value_count)
        precondition(agree, "DecodedValue and DecodedRecord must be laid out like the shim's structs")
    }
}
