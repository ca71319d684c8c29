/// Finds an integer by a scope and a run of bytes without making a `String`: open addressing, built once.
struct ByteKeyTable: Sendable {
    private var slots: [Int32]
    private var hashes: [UInt64] = []
    private var scopes: [Int32] = []
    private var starts: [Int] = [0]
    private var bytes: [UInt8] = []
    private let mask: Int

    /// The keys get the numbers 0, 1, 2 … in the order given; a key given twice is found as its first.
    init(_ keys: [(scope: Int32, text: String)]) {
        var capacity = 16
        while capacity < keys.count * 2 { capacity *= 2 }
        mask = capacity - 1
        slots = [Int32](repeating: -1, count: capacity)
        hashes.reserveCapacity(keys.count)
        scopes.reserveCapacity(keys.count)
        starts.reserveCapacity(keys.count + 1)
        for (number, key) in keys.enumerated() {
            var text = key.text
            let hash = text.withUTF8 { buffer in
                unsafe bytes.append(contentsOf: buffer)
                return unsafe ByteKeyTable.hash(key.scope, UnsafeRawBufferPointer(buffer))
            }
            hashes.append(hash)
            scopes.append(key.scope)
            starts.append(bytes.count)
            var slot = Int(truncatingIfNeeded: hash) & mask
            while slots[slot] >= 0 { slot = (slot + 1) & mask }
            slots[slot] = Int32(number)
        }
    }

    /// The key's number, or nil if it was never given.
    func find(scope: Int32, _ key: UnsafeRawBufferPointer) -> Int? {
        let hash = unsafe ByteKeyTable.hash(scope, key)
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] >= 0 {
            let number = Int(slots[slot])
            if hashes[number] == hash, scopes[number] == scope, unsafe equals(number, key) { return number }
            slot = (slot + 1) & mask
        }
        return nil
    }

    private func equals(_ number: Int, _ key: UnsafeRawBufferPointer) -> Bool {
        let start = starts[number]
        guard starts[number + 1] - start == key.count else { return false }
        for place in 0..<key.count where unsafe bytes[start + place] != key[place] { return false }
        return true
    }

    private static func hash(_ scope: Int32, _ key: UnsafeRawBufferPointer) -> UInt64 {
        unsafe PayloadHash.of(key, seed: UInt64(truncatingIfNeeded: scope))
    }
}
