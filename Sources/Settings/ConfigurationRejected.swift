/// The configuration as a whole is refused; nothing of it was applied.
package struct ConfigurationRejected: Error, Sendable, CustomStringConvertible {
    /// Every fault found, by file in the order read, then by line.
    package let faults: [Fault]

    package init(faults: [Fault]) {
        self.faults = faults
    }

    package var description: String {
        faults.map(\.description).joined(separator: "\n")
    }
}
