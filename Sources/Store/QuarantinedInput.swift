package import Pipeline

/// An entry of the quarantine with its number, which grows from entry to entry.
package struct QuarantinedInput: Sendable, Hashable {
    package let id: Int64
    package let entry: QuarantineEntry
}
