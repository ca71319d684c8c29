import Hummingbird

extension OperatorRoutes {
    /// The year 3000 is far enough for a time.
    private static let times: ClosedRange<Int64> = 0...32_503_680_000_000

    /// `?from=…&to=…&site=…`, all of them optional.
    static func figureQuery(_ request: Request) throws -> FigureDesk.Query {
        func time(_ name: Substring) throws -> Int64? {
            guard request.uri.queryParameters[name] != nil else { return nil }
            return try number(name, in: request, times, standard: 0)
        }
        return FigureDesk.Query(
            from: try time("from"), to: try time("to"), site: request.uri.queryParameters["site"].map { String($0) })
    }
}
