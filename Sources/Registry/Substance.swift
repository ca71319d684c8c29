import Settings

/// A hazardous substance held at a source, for grading by GB 18218.
package struct Substance: Hashable, Sendable {
    package enum Key: String, SectionKey {
        case name
        case quantity = "quantity_t"
        case critical = "critical_t"
        case beta
        case hazardClass = "class"
        case quantityPoint = "quantity_point"
    }

    /// As the site file writes it.
    package var name: String
    /// Tonnes, the design maximum.
    package var quantity: Double
    /// The critical quantity Q, tonnes.
    package var critical: Figure
    /// The correction factor β.
    package var beta: Figure
    /// What measures the quantity that is there.
    package var quantityPoint: QuantityPoint?

    package init(
        name: String, quantity: Double, critical: Figure, beta: Figure, quantityPoint: QuantityPoint? = nil
    ) {
        self.name = name
        self.quantity = quantity
        self.critical = critical
        self.beta = beta
        self.quantityPoint = quantityPoint
    }
}
