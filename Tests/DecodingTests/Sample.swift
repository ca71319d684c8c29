import Decoding

/// A value as the tests compare it, copied out of the decoder's memory.
struct Sample: Equatable, CustomStringConvertible {
    var tag: String
    var kind: DecodedKind = .value
    var value: Double = .nan
    var quality: UInt8 = 0
    var time: Int64 = .min

    static func value(_ tag: String, _ value: Double, _ quality: UInt8 = 192, at time: Int64 = .min) -> Sample {
        Sample(tag: tag, value: value, quality: quality, time: time)
    }

    static func fault(_ tag: String, _ kind: DecodedKind, at time: Int64 = .min) -> Sample {
        Sample(tag: tag, kind: kind, time: time)
    }

    var description: String { "\(tag) \(kind) \(value) q=\(quality) at \(time)" }

    static func == (left: Sample, right: Sample) -> Bool {
        // By bits, so that NaN equals itself and -0 differs from 0.
        left.tag == right.tag && left.kind == right.kind && left.value.bitPattern == right.value.bitPattern
            && left.quality == right.quality && left.time == right.time
    }
}

extension TelemetryDecoder {
    /// Decodes bytes that stand in a buffer with the promised padding, filled so that reading it as payload shows.
    func decode(bytes: [UInt8]) -> DecodingFault? {
        let padded = bytes + [UInt8](repeating: 0x37, count: payloadPadding)
        return unsafe padded.withUnsafeBytes { unsafe decode(UnsafeRawBufferPointer(rebasing: $0[..<bytes.count])) }
    }

    func decode(_ text: String) -> DecodingFault? {
        decode(bytes: Array(text.utf8))
    }

    var samples: [Sample] {
        unsafe values.map { value in
            Sample(
                tag: unsafe String(decoding: value.tagBytes, as: UTF8.self), kind: value.kind, value: value.value,
                quality: value.quality, time: value.time)
        }
    }
}
