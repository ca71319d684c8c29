/// A figure of a working together with where it comes from.
package struct Figure: Hashable, Sendable {
    package var value: Double
    /// For people: a document and how sure it is, or the site file.
    package var origin: String

    package init(_ value: Double, from origin: String) {
        self.value = value
        self.origin = origin
    }

    /// A figure that the site gives because the standards profile has none.
    static func declared(_ value: Double) -> Figure {
        Figure(value, from: "given by the site")
    }
}
