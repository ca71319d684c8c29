/// A tag that a gateway sends and the registry does not know.
package struct UnmappedTag: Sendable, Hashable {
    package let gateway: String
    package let tag: String

    /// The most bytes kept of a tag.
    static let longest = 256

    package init(gateway: String, tag: String) {
        self.gateway = gateway
        self.tag = tag
    }
}
