package import Registry

extension PositionMap {
    /// As the site files say.
    package init(_ registry: Registry) {
        self.init()
        for site in registry.sites {
            for source in site.hazardSources {
                guard let position = source.position else { continue }
                assign(site: site.name, source: source.name, to: position)
            }
        }
    }
}
