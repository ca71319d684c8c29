/// Finds an integer by a scope and a run of bytes without making a `String`: open addressing, built once.
///
/// Keys are kept in words of eight bytes, the last filled up with zeros, so that comparing a tag is one or two
/// comparisons of words.
struct ByteKeyTable: Sendable {
    private var slots: [Int32]
    private var scopes: [Int32] = []
    private var lengths: [Int32] = []
    private var starts: [Int32] = []
    private var words: [UInt64] = []
    private let mask: Int

    /// The keys get the numbers 0, 1, 2 … in the order given; a key given twice is found as its first.
    init(_ keys: some Collection<(scope: Int32, text: String)>) {
        var capacity = 16
        while capacity < keys.count * 2 { capacity *= 2 }
        mask = capacity - 1
        slots = [Int32](repeating: -1, count: capacity)
        scopes.reserveCapacity(keys.count)
        lengths.reserveCapacity(keys.count)
        starts.reserveCapacity(keys.count)
        words.reserveCapacity(keys.count * 2)
        for (number, key) in keys.enumerated() {
            var text = key.text
            let hash = text.withUTF8 { buffer in
                unsafe add(UnsafeRawBufferPointer(buffer), scope: key.scope)
            }
            var slot = Int(truncatingIfNeeded: hash) & mask
            while slots[slot] >= 0 { slot = (slot + 1) & mask }
            slots[slot] = Int32(number)
        }
    }

    private mutating func add(_ key: UnsafeRawBufferPointer, scope: Int32) -> UInt64 {
        scopes.append(scope)
        lengths.append(Int32(key.count))
        starts.append(Int32(words.count))
        for place in stride(from: 0, to: key.count, by: 8) { words.append(unsafe PayloadHash.word(key, at: place)) }
        return unsafe PayloadHash.of(key, seed: UInt64(truncatingIfNeeded: scope))
    }

    /// The key's number, or nil if it was never given.
    func find(scope: Int32, _ key: UnsafeRawBufferPointer) -> Int? {
        let hash = unsafe PayloadHash.of(key, seed: UInt64(truncatingIfNeeded: scope))
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] >= 0 {
            let number = Int(slots[slot])
            if unsafe holds(key, at: number, scope: scope) { return number }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// Whether a number stands for this key.
    @inline(__always)
    func holds(_ key: UnsafeRawBufferPointer, at number: Int, scope: Int32) -> Bool {
        guard scopes[number] == scope, Int(lengths[number]) == key.count else { return false }
        var word = Int(starts[number])
        var place = 0
        while place < key.count {
            guard unsafe words[word] == PayloadHash.word(key, at: place) else { return false }
            word += 1
            place += 8
        }
        return true
    }
}
