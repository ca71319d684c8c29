/// One thing wrong (or, among notices, worth knowing) in a configuration file.
package struct Fault: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file's path relative to the settings file's folder, or absolute when it lies outside.
    package let file: String
    /// Counted from 1; nil when the whole file is meant.
    package let line: Int?
    /// Names the key or column, what is wrong with it, and what would be valid.
    package let message: String

    package init(file: String, line: Int?, message: String) {
        self.file = file
        self.line = line
        self.message = message
    }

    package var description: String {
        line.map { "\(file):\($0): \(message)" } ?? "\(file): \(message)"
    }
}
