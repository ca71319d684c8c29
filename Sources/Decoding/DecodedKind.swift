/// What became of one value of a message. The shim writes these bytes, so the cases keep the order of its numbers.
package enum DecodedKind: UInt8, BitwiseCopyable, Sendable {
    /// A finite number.
    case value = 0
    /// `null`: the gateway has no value for the tag.
    case missing = 1
    /// Neither number, number in a string, boolean, `null` nor an object with one `v` of these.
    case wrongType = 2
    /// NaN, infinite, or beyond what a double holds.
    case notFinite = 3
    /// `q` is not a whole number of 0…255.
    case badQuality = 4
    /// The value's own `ts` cannot be read.
    case badTime = 5
}
