/// A tag that a gateway sends and the registry does not know.
package struct UnmappedTag: Sendable, Hashable {
    package let gateway: String
    package let tag: String
}
