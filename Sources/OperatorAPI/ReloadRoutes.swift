import Alarms
package import Hummingbird

/// Has the configuration read again and put in force, in the name of who asks.
package struct ReloadRoutes: Sendable {
    /// The most characters a reason may have.
    package static let longestReason = 4_000
    /// The most changed alarms told one by one.
    private static let mostAlarms = 1_000

    private let reload: @Sendable (_ author: String, _ reason: String?) async -> ReloadOutcome

    package init(reload: @escaping @Sendable (_ author: String, _ reason: String?) async -> ReloadOutcome) {
        self.reload = reload
    }

    private struct Body: Decodable {
        let reason: String?
    }

    package func add(to router: Router<some ActorContext>) {
        router.post("v1/configuration/reload", for: .configure) { request, _, asker in
            // The version's author says where from: there is no other record of it.
            let author = asker.origin.map { "\(asker.name) (\($0))" } ?? asker.name
            return try answer(await reload(author, try await ReloadRoutes.reason(of: request)))
        }
    }

    private func answer(_ outcome: ReloadOutcome) throws -> Response {
        var json = JSONText()
        switch outcome {
        case .applied(let version, let changes, let alarms):
            json.member("version", Int64(version))
            json.member("changes", Int64(changes))
            json.member("alarms_kept", Int64(alarms.kept))
            json.member("alarms_changed", Int64(alarms.changes.count))
            let told = alarms.changes.prefix(ReloadRoutes.mostAlarms).map { ReloadRoutes.json($0) }
            json.member("alarms", json: "[\(told.joined(separator: ","))]")
        case .unchanged: json.member("version", Int64?.none)
        case .rejected(let faults): throw Problem(.unprocessableContent, faults)
        case .failed(let reason): throw Problem(.serviceUnavailable, reason)
        }
        return OperatorRoutes.json(json.object)
    }

    private static func json(_ change: AlarmChanges.Change) -> String {
        var json = JSONText()
        json.member("subject", change.subject.description)
        json.member("before", change.before.name)
        json.member("after", change.after.name)
        return json.object
    }

    private static func reason(of request: Request) async throws -> String? {
        let form = "{\"reason\":\"…\"}, a JSON object with a text or null"
        let body: Body? = try await OperatorRoutes.body(of: request, form: form)
        let reason = body?.reason
        guard (reason?.unicodeScalars.count ?? 0) <= longestReason else {
            throw Problem(.badRequest, "the reason is longer than \(longestReason) characters")
        }
        return reason
    }
}
