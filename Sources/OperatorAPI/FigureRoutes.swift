package import Hummingbird
import Registry

/// The route to the alarm system's figures.
package struct FigureRoutes: Sendable {
    private let rules: RegistryInForce
    private let desk: FigureDesk

    package init(rules: RegistryInForce, desk: FigureDesk) {
        self.rules = rules
        self.desk = desk
    }

    package func add(to router: Router<some ActorContext>) {
        router.get("v1/kpi", for: .read) { request, _, asker in
            let query = try FigureRoutes.query(request)
            // Figures of all sites tell of each: there is none that is summed up over an area alone.
            guard asker.scope.isUnlimited || query.site.map({ rules.isSeen($0, by: asker.scope) }) == true else {
                throw Problem(
                    .forbidden,
                    "the token of \(asker.name) sees \(asker.scope) alone; valid: site with the name of a "
                        + "site there")
            }
            return OperatorRoutes.json(try await desk.answer(query))
        }
    }

    /// `?from=…&to=…&site=…`, all of them optional.
    private static func query(_ request: Request) throws -> FigureDesk.Query {
        FigureDesk.Query(
            from: try OperatorRoutes.time("from", in: request), to: try OperatorRoutes.time("to", in: request),
            site: request.uri.queryParameters["site"].map { String($0) })
    }
}
