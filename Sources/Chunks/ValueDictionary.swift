/// The different integers of a column in ascending order, where they are few and lie far apart.
struct ValueDictionary {
    let entries: [Int64]

    /// The dictionary of these integers, if one may pay: if at most a sixth of them are different, and they are less
    /// than three quarters of what lies between the least and the most.
    static func fitting(_ integers: [Int64]) -> ValueDictionary? {
        guard integers.count >= 32, isWorthTrying(integers) else { return nil }
        var sorted = integers
        sorted.sort()
        var entries: [Int64] = []
        for integer in sorted where integer != entries.last { entries.append(integer) }
        guard entries.count > 1, entries.count * 6 <= integers.count else { return nil }
        let span = UInt64(bitPattern: entries[entries.count - 1] &- entries[0])
        guard span / 4 * 3 >= UInt64(entries.count - 1) else { return nil }
        return ValueDictionary(entries: entries)
    }

    /// Looks at up to 512 integers spread over all.
    private static func isWorthTrying(_ integers: [Int64]) -> Bool {
        let step = max(1, integers.count / 512)
        var some = stride(from: 0, to: integers.count, by: step).map { integers[$0] }
        some.sort()
        let different = 1 + zip(some, some.dropFirst()).reduce(0) { $0 + ($1.0 == $1.1 ? 0 : 1) }
        let span = UInt64(bitPattern: some[some.count - 1] &- some[0])
        return different * 4 <= some.count * 3 && span / 4 * 3 >= UInt64(different - 1)
    }

    /// The place of an integer that is in the dictionary.
    func index(_ integer: Int64) -> Int64 {
        var low = 0
        var high = entries.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if entries[middle] <= integer { low = middle } else { high = middle }
        }
        return Int64(low)
    }
}
