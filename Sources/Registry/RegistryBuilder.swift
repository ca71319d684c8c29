import Settings
import Telemetry

/// The registry under construction, with what is needed to find doubles across files.
struct RegistryBuilder {
    /// A row of a point list.
    struct Place {
        var file: Int32
        var line: Int32
    }

    private(set) var registry = Registry()
    private var gateways: [String: Int] = [:]
    /// Of each gateway.
    private var tags: [[String: Place]] = []
    private var silences: [Int: Field] = [:]
    private var siteFiles: [String: String] = [:]
    private var files: [String] = []

    /// Adds a site and returns its position. A name already taken is a fault.
    mutating func add(_ site: Site, from field: Field?) -> Int {
        if let field, let other = siteFiles.updateValue(field.file.name, forKey: site.name) {
            field.fault("is \"\(site.name)\", which \(other) has too", valid: "a name of its own for each site")
        }
        registry.sites.append(site)
        return registry.sites.count - 1
    }

    /// The position of a gateway that serves this site.
    mutating func gateway(_ name: String, site: Int) -> Int {
        let position: Int
        if let known = gateways[name] {
            position = known
        } else {
            position = registry.gateways.count
            registry.gateways.append(Gateway(name: name))
            gateways[name] = position
            tags.append([:])
        }
        if registry.gateways[position].sites.last != site {
            registry.gateways[position].sites.append(site)
        }
        return position
    }

    /// Sets how long a gateway may be silent. Two site files that differ about it are a fault.
    mutating func setSilence(_ silence: Int64, of gateway: Int, from field: Field) {
        if let other = silences[gateway], registry.gateways[gateway].silence != silence {
            field.fault(
                "differs from \(other.file.name):\(other.line) about \(registry.gateways[gateway].name)",
                valid: "the same silence_s wherever a gateway is listed")
        }
        registry.gateways[gateway].silence = silence
        silences[gateway] = field
    }

    /// Makes room for a file's points, and returns the number that stands for it in places.
    mutating func begin(file: String, expecting count: Int) -> Int32 {
        files.append(file)
        // At least doubled, since room made for one file after the other to the exact size moves everything each time.
        let wanted = registry.points.count + count
        if wanted > registry.points.capacity {
            registry.points.reserveCapacity(max(wanted, registry.points.capacity * 2))
        }
        return Int32(files.count - 1)
    }

    /// Takes a tag for a row; returns `FILE:LINE` of the row that already has it.
    mutating func claim(tag: String, gateway: Int, for place: Place) -> String? {
        guard let other = tags[gateway].updateValue(place, forKey: tag) else { return nil }
        return "\(files[Int(other.file)]):\(other.line)"
    }

    mutating func add(_ groups: [RedundantGroup]) {
        registry.redundantGroups += groups
    }

    mutating func append(_ point: Point) {
        registry.points.append(point)
    }

    /// Names the point that measures a substance's quantity, and has it watch the design maximum.
    mutating func set(_ point: QuantityPoint, for claim: QuantityPointClaim, site: Int) {
        registry.sites[site].hazardSources[claim.source].substances[claim.substance].quantityPoint = point
        let maximum = registry.sites[site].hazardSources[claim.source].substances[claim.substance].quantity
        registry.points[point.index.position].rules.append(.inventory(maximum: maximum))
    }
}
