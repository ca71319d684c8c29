import Historian
import Hummingbird
import Settings
import Store
import Telemetry

/// What a request wants of a point's samples: `?from=&to=&resolution=&limit=&order=`, each optional.
struct SampleQuery: Sendable {
    /// The most samples, or stretches of time, of one answer.
    static let most: Int64 = 100_000
    private static let usual: Int64 = 10_000
    private static let usualLength: Int64 = 3_600_000

    /// UTC milliseconds, both included.
    let from: Int64
    let to: Int64
    /// Milliseconds of the stretches to summarise by; nil for the samples themselves.
    let width: Int64?
    /// As it was written.
    let resolution: String?
    let limit: Int
    let newestFirst: Bool

    init(_ request: Request, at now: Int64) throws {
        to = try OperatorRoutes.time("to", in: request) ?? now
        from = try OperatorRoutes.time("from", in: request) ?? max(0, to - SampleQuery.usualLength)
        guard from <= to else {
            throw Problem(
                .unprocessableContent, "from is \(from), later than to, \(to); valid: UTC milliseconds in their order")
        }
        limit = Int(
            try OperatorRoutes.number("limit", in: request, 1...SampleQuery.most, standard: SampleQuery.usual))
        let parameters = request.uri.queryParameters
        switch parameters["order"] {
        case nil, "asc": newestFirst = false
        case "desc": newestFirst = true
        case let other?: throw Problem(.badRequest, "order is \"\(other)\"; valid: asc or desc")
        }
        resolution = parameters["resolution"].map { String($0) }
        width = try resolution.map { text in
            guard text.first != "0", text.utf8.count <= (text.last == "d" ? 4 : 5),
                let width = DurationText.milliseconds(text)
            else {
                throw Problem(
                    .badRequest, "resolution is \"\(text)\"; valid: up to four digits and a unit, such as 10s, 1h or 1d"
                )
            }
            return width
        }
        if let width, (to - from) / width >= SampleQuery.most {
            throw Problem(
                .unprocessableContent,
                "from \(from) to \(to) are more than \(SampleQuery.most) stretches of \(resolution ?? ""); "
                    + "valid: a longer resolution, or a shorter time")
        }
    }

    /// What was found, and from which time on there is more.
    enum Answer: Sendable {
        case samples([StoredSample], next: Int64?)
        case buckets([SampleBucket])
    }

    /// - Parameter point: `SITE/POINT`.
    /// - Returns: nil if no point of this name was ever in force.
    func answer(of point: String, from history: HistoryReader) throws -> Answer? {
        if let width {
            guard let buckets = try history.buckets(of: point, from: from, through: to, width: width) else {
                return nil
            }
            return .buckets(newestFirst ? buckets.reversed() : buckets)
        }
        let samples = try history.samples(
            of: point, from: from, through: to, atMost: limit, newestFirst: newestFirst)
        guard let samples else { return nil }
        guard samples.count == limit, let last = samples.last else { return .samples(samples, next: nil) }
        return .samples(samples, next: newestFirst ? last.time - 1 : last.time + 1)
    }
}
