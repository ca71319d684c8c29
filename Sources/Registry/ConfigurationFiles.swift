/// The files a configuration consists of, as they were read: settings, policies, site files and point lists. What holds
/// secrets is named in the settings and not among them.
package struct ConfigurationFiles: Sendable, Hashable {
    package struct File: Sendable, Hashable {
        /// Relative to the settings file's folder, or absolute when it lies outside.
        package let name: String
        package let bytes: [UInt8]
    }

    /// In the order they were read, the settings first.
    package private(set) var files: [File] = []

    package init() {}

    package mutating func add(name: String, bytes: [UInt8]) {
        files.append(File(name: name, bytes: bytes))
    }

    package subscript(name: String) -> [UInt8]? { files.first { $0.name == name }?.bytes }

    /// All of them as one run of bytes (`schemas/state.md`): the number of files, then of each its name and its
    /// content, both preceded by their length; numbers are eight bytes, little-endian.
    package var encoded: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(files.reduce(8) { $0 + $1.bytes.count + $1.name.utf8.count + 16 })
        func append(_ number: Int) {
            for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
        }
        append(files.count)
        for file in files {
            append(file.name.utf8.count)
            bytes += file.name.utf8
            append(file.bytes.count)
            bytes += file.bytes
        }
        return bytes
    }

    /// Nil for anything that `encoded` did not write.
    package init?(encoded bytes: [UInt8]) {
        var place = 0
        func number() -> Int? {
            guard place + 8 <= bytes.count else { return nil }
            var number: UInt64 = 0
            for offset in 0..<8 { number |= UInt64(bytes[place + offset]) << UInt64(8 * offset) }
            place += 8
            return Int(exactly: number)
        }
        func part() -> ArraySlice<UInt8>? {
            guard let length = number(), length >= 0, length <= bytes.count - place else { return nil }
            defer { place += length }
            return bytes[place..<place + length]
        }
        guard let count = number() else { return nil }
        while files.count < count {
            guard let name = part(), let text = String(validating: name, as: UTF8.self), let content = part() else {
                return nil
            }
            add(name: text, bytes: Array(content))
        }
        guard place == bytes.count else { return nil }
    }
}
