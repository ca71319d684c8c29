extension Registry {
    /// Every quantity that is measured, in the order of sites, hazard sources and substances.
    package var inventoryLimits: [InventoryLimit] {
        sites.indices.flatMap { site in
            sites[site].hazardSources.flatMap { source in
                source.substances.compactMap { substance in
                    substance.quantityPoint.map {
                        InventoryLimit(
                            site: site, source: source.name, substance: substance.name, point: $0.index,
                            maximum: substance.quantity)
                    }
                }
            }
        }
    }
}
