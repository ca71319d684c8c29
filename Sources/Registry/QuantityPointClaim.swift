import Settings

/// A `quantity_point` of a site file, whose point list is not read yet.
struct QuantityPointClaim {
    var field: Field
    /// The point's name as written.
    var name: String
    /// Position in the site's hazard sources.
    var source: Int
    /// Position in the source's substances.
    var substance: Int
}
