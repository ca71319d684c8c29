/// Which areas somebody sees, and with them the sites there.
package struct AreaScope: Sendable, Hashable {
    /// Each from the city down; nil for everything.
    private let areas: [[String]]?

    private init(areas: [[String]]?) {
        self.areas = areas
    }

    /// Every area, what belongs to none, and the node itself.
    package static let unlimited = AreaScope(areas: nil)

    /// These areas with everything in them, and nothing else.
    package init(_ areas: [[String]]) {
        self.areas = areas
    }

    package var isUnlimited: Bool { areas == nil }

    /// Whether an area is one of these or lies in one of them.
    package func covers(_ area: [String]) -> Bool {
        guard let areas else { return true }
        return areas.contains { area.starts(with: $0) }
    }
}

extension AreaScope: CustomStringConvertible {
    package var description: String {
        areas.map { $0.map { $0.joined(separator: "/") }.joined(separator: ", ") } ?? "every area"
    }
}
