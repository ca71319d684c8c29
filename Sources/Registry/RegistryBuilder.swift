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
    private(set) var tags: [[String: Place]] = []
    private(set) var silences: [Int: Field] = [:]
    private var siteFiles: [String: String] = [:]
    /// What names each site; nil for one without a sound name.
    private(set) var siteFields: [Field?] = []
    private var files: [String] = []

    /// Adds a site and returns its position. A name already taken is a fault.
    mutating func add(_ site: Site, from field: Field?) -> Int {
        if let field, let other = siteFiles.updateValue(field.file.name, forKey: site.name) {
            field.fault("is \"\(site.name)\", which \(other) has too", valid: "a name of its own for each site")
        }
        registry.sites.append(site)
        siteFields.append(field)
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
        makeRoom(for: count)
        return Int32(files.count - 1)
    }

    /// Makes room for so many points more.
    mutating func makeRoom(for count: Int) {
        // At least doubled, since room made for one file after the other to the exact size moves everything each time.
        let wanted = registry.points.count + count
        if wanted > registry.points.capacity {
            registry.points.reserveCapacity(max(wanted, registry.points.capacity * 2))
        }
    }

    /// Takes a tag for a row; returns what is wrong with that if another row has it.
    mutating func claim(tag: String, gateway: Int, for place: Place) -> (what: String, valid: String)? {
        guard let other = tags[gateway].updateValue(place, forKey: tag) else { return nil }
        return (
            "\"\(tag)\" of gateway \(registry.gateways[gateway].name) is already mapped at "
                + "\(file(of: other)):\(other.line)", "one point a tag"
        )
    }

    func file(of place: Place) -> String { files[Int(place.file)] }

    /// Takes the tags of a gateway from a builder whose files come after those of this one.
    /// - Returns: those that another row has already, in the order of their lines, with what is wrong with that.
    mutating func claim(
        _ fresh: [String: Place], gateway: Int, filesFrom first: Int32
    ) -> [(place: Place, fault: (what: String, valid: String))] {
        let moved = fresh.mapValues { Place(file: $0.file + first, line: $0.line) }
        // Most gateways stand in one file.
        guard !tags[gateway].isEmpty else {
            tags[gateway] = moved
            return []
        }
        let inOrder = moved.sorted { ($0.value.file, $0.value.line) < ($1.value.file, $1.value.line) }
        return inOrder.compactMap { tag, place in
            claim(tag: tag, gateway: gateway, for: place).map { (place, $0) }
        }
    }

    /// Takes over another builder's files.
    /// - Returns: the number of the first one here.
    mutating func takeFiles(of other: RegistryBuilder) -> Int32 {
        defer { files += other.files }
        return Int32(files.count)
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
