/// Why no capsule can be made or read: which object, what was wrong, and what would be right.
package struct IncidentError: Error, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
