import Crypto
package import Foundation

/// SHA-256 over numbers, texts and blocks in the one form all evidence is hashed in: a number is eight bytes,
/// little-endian; a text or block is its length as such a number, then its bytes.
package struct ChainHasher {
    private var hasher = SHA256()

    package init() {}

    /// 32 bytes; more may still be added.
    package var digest: Data { Data(hasher.finalize()) }

    package mutating func add(number: Int) {
        var number = UInt64(bitPattern: Int64(number)).littleEndian
        unsafe withUnsafeBytes(of: &number) { unsafe hasher.update(bufferPointer: $0) }
    }

    package mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { text in
            add(number: text.count)
            unsafe hasher.update(bufferPointer: UnsafeRawBufferPointer(text))
        }
    }

    package mutating func add(_ bytes: [UInt8]) {
        add(number: bytes.count)
        unsafe bytes.withUnsafeBytes { unsafe hasher.update(bufferPointer: $0) }
    }

    package mutating func add(_ bytes: Data) {
        add(number: bytes.count)
        hasher.update(data: bytes)
    }

    /// Bytes of a fixed number, without their length.
    package mutating func add(raw bytes: Data) {
        hasher.update(data: bytes)
    }
}
