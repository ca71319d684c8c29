/// One object of a message: its counter and which of the message's values are its own.
package struct DecodedRecord: BitwiseCopyable, Sendable {
    /// The gateway's own counter, or -1 if the record has none.
    package let sequence: Int64
    /// The place of the record's first value among the message's values.
    package let firstValue: Int
    package let valueCount: Int

    package init(sequence: Int64, firstValue: Int, valueCount: Int) {
        self.sequence = sequence
        self.firstValue = firstValue
        self.valueCount = valueCount
    }
}
