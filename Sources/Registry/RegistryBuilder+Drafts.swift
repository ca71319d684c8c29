import Settings
import Telemetry

extension RegistryBuilder {
    /// Adds what was read of one site file by itself, after all that is here. What clashes with the files before becomes a
    /// fault in `log`, which is the draft's.
    mutating func add(_ draft: RegistryBuilder, log: FaultLog) {
        let (firstSite, firstPoint) = (registry.sites.count, registry.points.count)
        for (site, field) in zip(draft.registry.sites, draft.siteFields) {
            _ = add(site.movingQuantityPoints(by: firstPoint), from: field)
        }
        let firstFile = takeFiles(of: draft)
        var gateways: [Int] = []
        for (place, gateway) in draft.registry.gateways.enumerated() {
            var position = 0
            for site in gateway.sites { position = self.gateway(gateway.name, site: firstSite + site) }
            gateways.append(position)
            if let field = draft.silences[place] { setSilence(gateway.silence, of: position, from: field) }
            for clash in claim(draft.tags[place], gateway: position, filesFrom: firstFile) {
                let message = PointColumn.tag.message(clash.fault.what, valid: clash.fault.valid)
                log.add(Fault(file: file(of: clash.place), line: Int(clash.place.line), message: message))
            }
        }
        makeRoom(for: draft.registry.points.count)
        for var point in draft.registry.points {
            point.site += firstSite
            point.gateway = gateways[point.gateway]
            append(point)
        }
        add(
            draft.registry.redundantGroups.map {
                RedundantGroup(points: $0.points.map { $0 + firstPoint }, limit: $0.limit, within: $0.within)
            })
    }
}

extension Site {
    /// The same with its points further back in the registry.
    fileprivate func movingQuantityPoints(by count: Int) -> Site {
        var site = self
        for source in site.hazardSources.indices {
            for substance in site.hazardSources[source].substances.indices {
                guard let point = hazardSources[source].substances[substance].quantityPoint else { continue }
                site.hazardSources[source].substances[substance].quantityPoint = QuantityPoint(
                    name: point.name, index: PointIndex(point.index.position + count))
            }
        }
        return site
    }
}
