/// A 64-bit FNV-1a hash over files, to tell whether a configuration changed; no protection against forgery.
struct Fingerprint {
    private var hash: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func add(name: String, bytes: [UInt8]) {
        add(Array(name.utf8))
        // A length after each part keeps two files from reading as one.
        add(bytes)
    }

    var text: String {
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private mutating func add(_ bytes: [UInt8]) {
        var hash = hash
        for byte in bytes {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        var length = UInt64(bytes.count)
        for _ in 0..<8 {
            hash = (hash ^ (length & 0xFF)) &* 0x100_0000_01B3
            length >>= 8
        }
        self.hash = hash
    }
}
