package import Hummingbird
import NIOPosix
package import Store

/// Who did what.
package struct AuditRoutes: Sendable {
    private let reader: StateReader

    package init(reader: StateReader) {
        self.reader = reader
    }

    package func add(to router: Router<some ActorContext>) {
        router.get("v1/audit", for: .audit) { request, _, _ in
            let after = try OperatorRoutes.number("after", in: request, 0...Int64.max, standard: 0)
            let limit = try OperatorRoutes.number(
                "limit", in: request, 1...Int64(OperatorRoutes.mostEvents), standard: Int64(OperatorRoutes.usualEvents))
            let entries = try await NIOThreadPool.singleton.runIfActive { [reader] in
                try reader.audit(after: after, limit: Int(limit))
            }
            let next = entries.last?.id ?? after
            let list = entries.map(\.json).joined(separator: ",")
            var response = OperatorRoutes.json("{\"actions\":[\(list)],\"next\":\(next)}")
            if entries.count == limit { response.linkNext("/v1/audit", [("after", "\(next)"), ("limit", "\(limit)")]) }
            return response
        }
    }
}
