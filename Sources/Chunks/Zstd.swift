internal import CZstd

/// The two calls of libzstd that are needed.
package enum Zstd {
    /// The bytes as one frame; nil if the library fails.
    package static func compress(_ bytes: [UInt8], level: Int32) -> [UInt8]? {
        let bound = ZSTD_compressBound(bytes.count)
        var length = 0
        let frame = unsafe [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
            length = unsafe bytes.withUnsafeBytes { source in
                unsafe ZSTD_compress(buffer.baseAddress, bound, source.baseAddress, source.count, level)
            }
            count = ZSTD_isError(length) == 0 ? length : 0
        }
        return ZSTD_isError(length) == 0 ? frame : nil
    }

    /// The `count` bytes that the frame holds; nil if it is no frame or holds another number.
    package static func decompress(_ frame: ArraySlice<UInt8>, to count: Int) -> [UInt8]? {
        var length = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            length = unsafe frame.withUnsafeBytes { source in
                unsafe ZSTD_decompress(buffer.baseAddress, count, source.baseAddress, source.count)
            }
            filled = ZSTD_isError(length) == 0 ? length : 0
        }
        return ZSTD_isError(length) == 0 && length == count ? bytes : nil
    }
}
