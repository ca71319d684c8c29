import Settings

/// Reads a site's `redundant`: which transmitters measure the same thing, and how far apart they may be.
enum RedundancyReader {
    /// An entry as written, before its points are known.
    struct Entry {
        let field: Field
        let names: [String]
        let limit: Double
        /// Milliseconds.
        let within: Int64
    }

    /// Milliseconds.
    private static let usualWithin: Int64 = 10_000

    static func read(_ field: Field) -> [Entry] {
        var entries: [Entry] = []
        var taken: Set<String> = []
        for item in field.items() ?? [] {
            guard let section = item.section(of: RedundantGroup.Key.self) else { continue }
            let valid = "two points of this site or more"
            let names = section.required(.points, valid: valid)?.items()?.compactMap { $0.text(valid: valid) } ?? []
            let limit = section.required(.deviation, valid: "the largest difference, in the points' unit")?
                .number(in: 0...1e300)
            var isSound = names.count > 1
            if !isSound { item.fault("names \(names.count) points", valid: valid) }
            for name in names where !taken.insert(name).inserted {
                item.fault("names \(name), which stands in a group already", valid: "each point once in one group")
                isSound = false
            }
            if limit == 0 { item.fault("has a deviation of 0", valid: "a number above 0") }
            guard let limit, limit > 0, isSound else { continue }
            entries.append(
                Entry(
                    field: item, names: names, limit: limit,
                    within: section[.within]?.seconds(in: 0.001...86_400) ?? usualWithin))
        }
        return entries
    }

    /// The points that carry DEVIATION, with how far they may be from the others.
    static func carriers(_ entries: [Entry]) -> [String: Double] {
        var limits: [String: Double] = [:]
        for entry in entries {
            for name in RedundantGroup.carriers(of: entry.names) { limits[name] = entry.limit }
        }
        return limits
    }

    /// The groups with their points found among those of the site's list.
    /// - Parameter mentions: whether the list has a row of this name, sound or not.
    static func groups(
        _ entries: [Entry], in points: ArraySlice<Point>, mentions: (String) -> Bool
    ) -> [RedundantGroup] {
        guard !entries.isEmpty else { return [] }
        let places = Dictionary(zip(points.map(\.name), points.indices), uniquingKeysWith: { first, _ in first })
        return entries.compactMap { entry in
            var members: [Int] = []
            for name in entry.names {
                if let place = places[name] {
                    members.append(place)
                } else if !mentions(name) {
                    entry.field.fault(
                        "names \(name), which the point list has not", valid: "points of this site's list")
                }
            }
            guard members.count == entry.names.count, members.count > 1 else { return nil }
            let units = Set(members.map { points[$0].unit })
            if units.count > 1 {
                entry.field.fault(
                    "holds values in \(units.sorted().joined(separator: " and ")) against each other",
                    valid: "points of one unit")
            }
            return RedundantGroup(points: members, limit: entry.limit, within: entry.within)
        }
    }
}
