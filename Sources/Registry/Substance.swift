import Settings

/// A hazardous substance held at a source, for grading by GB 18218.
package struct Substance: Hashable, Sendable {
    package enum Key: String, SectionKey {
        case name
        case quantity = "quantity_t"
        case critical = "critical_t"
        case beta
    }

    package var name: String
    /// Tonnes, the design maximum.
    package var quantity: Double
    /// Tonnes, where the substance is not in the standard's table.
    package var critical: Double?
    /// The correction factor, where the substance is not in the standard's table.
    package var beta: Double?
}
