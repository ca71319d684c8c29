/// One value of a message as the decoder read it; plain bytes in the decoder's memory, good until its next message.
///
/// Safe but for `tag`, whose use says so itself: everything else is a copy.
@safe
package struct DecodedValue: BitwiseCopyable {
    /// UTF-8 of the tag, escapes resolved, not necessarily ended by a zero. Good until the decoder's next message.
    package let tag: UnsafePointer<UInt8>
    package let tagLength: Int32
    package let kind: DecodedKind
    /// The OPC quality byte; 192 when the message names none, 0 for every kind but `value`.
    package let quality: UInt8
    /// UTC milliseconds: the value's own time, else its record's, else `Int64.min`.
    package let time: Int64
    /// NaN for every kind but `value`.
    package let value: Double

    package init(
        tag: UnsafePointer<UInt8>, tagLength: Int32, kind: DecodedKind, quality: UInt8, time: Int64, value: Double
    ) {
        unsafe self.tag = tag
        self.tagLength = tagLength
        self.kind = kind
        self.quality = quality
        self.time = time
        self.value = value
    }

    /// The tag's bytes, good as long as `tag` is.
    package var tagBytes: UnsafeBufferPointer<UInt8> {
        unsafe UnsafeBufferPointer(start: tag, count: Int(tagLength))
    }
}
