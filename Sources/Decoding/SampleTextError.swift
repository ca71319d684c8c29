/// Why a file of samples cannot be read at all: what was wrong, and what would be right.
package struct SampleTextError: Error, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
