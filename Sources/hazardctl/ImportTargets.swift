import Registry
import Telemetry

/// The points that the names of a file stand for.
struct ImportTargets {
    /// By name; nil for those that are skipped.
    let points: [PointIndex?]
    /// Names that no point has, with how many samples are theirs.
    let unknown: [(name: String, samples: Int)]
    /// Each point once, in the order of the file, and each name's place among them.
    let distinct: [PointIndex]
    let places: [Int?]
    /// By place: whether the samples come in the order of their times.
    let isOrdered: [Bool]

    private static let mostListed = 20

    /// - Throws: a list of what is unknown or ambiguous, unless that is to be skipped.
    init(_ survey: ImportSurvey, _ registry: Registry, skipsUnknown: Bool) throws {
        let matches = registry.matches(survey.names)
        var complaints: [String] = []
        var points: [PointIndex?] = []
        var unknown: [(name: String, samples: Int)] = []
        for (name, match) in matches.enumerated() {
            guard survey.tallies[name].count > 0 else {
                points.append(nil)
                continue
            }
            if case .found(let point) = match {
                points.append(point)
                continue
            }
            points.append(nil)
            unknown.append((survey.names[name], survey.tallies[name].count))
            complaints.append(ImportTargets.complaint(survey.names[name], survey.tallies[name].count, match))
        }
        guard complaints.isEmpty || skipsUnknown else {
            let listed = complaints.prefix(ImportTargets.mostListed).map { "\n  \($0)" }.joined()
            let more =
                complaints.count > ImportTargets.mostListed
                ? "\n  and \(complaints.count - ImportTargets.mostListed) more" : ""
            throw CommandFailure(
                "nothing was imported: \(complaints.count) names are no points of the registry; valid: SITE/POINT, or POINT "
                    + "where one site only has it. --skip-unknown leaves their samples out\(listed)\(more)")
        }
        self.points = points
        self.unknown = unknown
        (distinct, places, isOrdered) = ImportTargets.arrange(points, survey)
    }

    private static func arrange(
        _ points: [PointIndex?], _ survey: ImportSurvey
    ) -> (distinct: [PointIndex], places: [Int?], isOrdered: [Bool]) {
        var known: [PointIndex: Int] = [:]
        var distinct: [PointIndex] = []
        var places: [Int?] = []
        var isOrdered: [Bool] = []
        for (name, point) in points.enumerated() {
            guard let point else {
                places.append(nil)
                continue
            }
            if let place = known[point] {
                // A point under two names: their samples can be in any order to one another.
                isOrdered[place] = false
                places.append(place)
                continue
            }
            known[point] = distinct.count
            places.append(distinct.count)
            distinct.append(point)
            isOrdered.append(survey.tallies[name].isOrdered)
        }
        return (distinct, places, isOrdered)
    }

    private static func complaint(_ name: String, _ samples: Int, _ match: Registry.Match) -> String {
        let count = "\(samples) \(samples == 1 ? "sample" : "samples")"
        guard case .ambiguous(let sites) = match else { return "\(name.printable): unknown, \(count)" }
        return "\(name.printable): in the sites \(sites.joined(separator: ", ")), \(count)"
    }
}
