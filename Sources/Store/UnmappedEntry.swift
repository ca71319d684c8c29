/// A tag that a gateway sends and no registry in force knew.
package struct UnmappedEntry: Sendable, Hashable {
    package let gateway: String
    package let tag: String
    /// Samples that came with it.
    package let count: Int64
    /// UTC milliseconds.
    package let firstSeen: Int64
    /// UTC milliseconds.
    package let lastSeen: Int64
}
