import Alarms
import Historian
package import Hummingbird
import Registry
package import Store
import Telemetry

/// A point's recorded samples.
package struct SampleRoutes: Sendable {
    private let rules: RegistryInForce
    private let reader: StateReader
    private let folder: StateFolder
    private let gate: QueryGate

    package init(rules: RegistryInForce, reader: StateReader, folder: StateFolder, gate: QueryGate) {
        self.rules = rules
        self.reader = reader
        self.folder = folder
        self.gate = gate
    }

    package func add(to router: Router<some ActorContext>) {
        router.get("v1/points/:site/:point/samples", for: .read) { request, context, asker in
            let site = try context.pathPart("site")
            let point = "\(site)/\(try context.pathPart("point"))"
            let query = try SampleQuery(request, at: SystemClock.now().wall)
            let isCSV = SampleRoutes.wantsCSV(request.headers[values: .accept])
            let path = request.uri.path
            return try await gate.run {
                // For one answer only, so that no day file stays open that retention has removed.
                let history = HistoryReader(reader, folder)
                guard rules.isSeen(site, by: asker.scope), let answer = try query.answer(of: point, from: history)
                else {
                    throw Problem(.notFound, "no point \(point) is on record; valid: one that GET /v1/points lists")
                }
                return SampleRoutes.response(answer, point, query, path, isCSV: isCSV)
            }
        }
    }

    /// Whether CSV is asked for before JSON.
    private static func wantsCSV(_ accept: [String]) -> Bool {
        let types = accept.flatMap { $0.split(separator: ",") }.map { $0.lowercased() }
        let csv = types.firstIndex { $0.contains("text/csv") } ?? types.count
        let json = types.firstIndex { $0.contains("application/json") || $0.contains("*/*") } ?? types.count
        return csv < json
    }

    private static func response(
        _ answer: SampleQuery.Answer, _ point: String, _ query: SampleQuery, _ path: String, isCSV: Bool
    ) -> Response {
        var head = JSONText()
        head.member("point", point)
        var response: Response
        switch answer {
        case .samples(let samples, let next):
            if isCSV {
                response = csv(SampleText.sampleHeader, samples.map { SampleText.line($0) })
            } else {
                let list = samples.map { SampleText.json($0) }.joined(separator: ",")
                head.member("samples", json: "[\(list)]")
                head.member("next", next)
                response = OperatorRoutes.json(head.object)
            }
            if let next {
                let (from, to) = query.newestFirst ? (query.from, next) : (next, query.to)
                response.linkNext(
                    path,
                    [
                        ("from", "\(from)"), ("to", "\(to)"), ("limit", "\(query.limit)"),
                        ("order", query.newestFirst ? "desc" : "asc"),
                    ])
            }
        case .buckets(let buckets):
            if isCSV {
                response = csv(SampleText.bucketHeader, buckets.map { SampleText.line($0) })
            } else {
                let list = buckets.map { SampleText.json($0) }.joined(separator: ",")
                head.member("resolution_ms", query.width)
                head.member("buckets", json: "[\(list)]")
                response = OperatorRoutes.json(head.object)
            }
        }
        response.headers[.vary] = "Accept"
        return response
    }

    private static func csv(_ header: String, _ lines: [String]) -> Response {
        let text = ([header] + lines).joined(separator: "\n") + "\n"
        return Response(
            status: .ok, headers: [.contentType: "text/csv; charset=utf-8; header=present"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
