/// The last thing read from a column: rows next to each other often repeat a cell, which then costs a comparison.
struct CellMemory<Value> {
    private var range: Range<Int>?
    private var value: Value?

    /// What was read from an equal cell before, if that was the last one.
    func recall(_ bytes: [UInt8], _ other: Range<Int>) -> Value? {
        guard let range, range.count == other.count else { return nil }
        let shift = range.lowerBound - other.lowerBound
        for place in other where bytes[place] != bytes[place + shift] { return nil }
        return value
    }

    mutating func keep(_ value: Value, from range: Range<Int>) {
        self.value = value
        self.range = range
    }
}
