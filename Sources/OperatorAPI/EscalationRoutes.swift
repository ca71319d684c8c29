import Alarms
import Escalation
package import Hummingbird
import NIOPosix
package import Registry
package import Store
import Telemetry

/// The escalation queue for consumers: claim, report, look.
package struct EscalationRoutes: Sendable {
    /// The longest a claim waits, in seconds.
    static let longestWait = 60.0
    /// The most tasks of one list.
    static let mostListed: Int64 = 1_000
    /// Numbers that every JSON reader takes exactly.
    private static let claimNumbers: ClosedRange<Int64> = 1...9_007_199_254_740_991

    private let reader: StateReader
    private let desk: any EscalationDesk
    private let isSeen: @Sendable (AreaScope, _ site: String) -> Bool

    /// - Parameter isSeen: whether a scope covers a site, by the configuration in force.
    package init(
        reader: StateReader, desk: any EscalationDesk,
        isSeen: @escaping @Sendable (AreaScope, _ site: String) -> Bool
    ) {
        self.reader = reader
        self.desk = desk
        self.isSeen = isSeen
    }

    package func add(to router: Router<some ActorContext>) {
        router.get("v1/escalations", for: .read) { request, _, asker in try await list(request, asker) }
        router.get("v1/escalations/:id", for: .read) { _, context, asker in
            OperatorRoutes.json(try await task(try id(context), seenBy: asker).json)
        }
        router.post("v1/escalations/claim", for: .consume) { request, _, asker in try await claim(request, asker) }
        router.post("v1/escalations/report", for: .consume) { request, _, asker in
            try await reportMany(request, asker)
        }
        for verb in LeaseReport.Verb.allCases {
            router.post("v1/escalations/:id/\(verb.rawValue)", for: verb.right) { request, context, asker in
                try await reportOne(verb, try id(context), request, asker)
            }
        }
    }

    // MARK: Looking

    private func list(_ request: Request, _ principal: Principal) async throws -> Response {
        let parameters = request.uri.queryParameters
        let limit = try OperatorRoutes.number("limit", in: request, 1...EscalationRoutes.mostListed, standard: 100)
        var query = EscalationQuery(limit: Int(limit))
        query.includesClosed = try OperatorRoutes.flag("all", in: request)
        query.tier = parameters["tier"].map { String($0) }
        query.site = parameters["site"].map { String($0) }
        if let text = parameters["state"] {
            guard let state = EscalationTask.State(rawValue: String(text)) else {
                let valid = EscalationTask.State.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem(.badRequest, "state is \"\(text)\"; valid: one of \(valid)")
            }
            query.states = [state]
        }
        if let text = parameters["before"] {
            guard let before = ULID(String(text)) else {
                throw Problem(.badRequest, "before is \"\(text)\"; valid: the id of an escalation")
            }
            query.before = before
        }
        let tasks = try await NIOThreadPool.singleton.runIfActive { [query, reader, isSeen] in
            try reader.escalations(query) { isSeen(principal.scope, $0) }
        }
        return OperatorRoutes.json("{\"escalations\":[\(tasks.map(\.json).joined(separator: ","))]}")
    }

    private func id(_ context: some ActorContext) throws -> ULID {
        let text = try context.parameters.require("id")
        guard let id = ULID(text) else {
            throw Problem(.badRequest, "\"\(text)\" is no escalation; valid: the 26 characters that a claim gives")
        }
        return id
    }

    /// - Throws: 404 also for one that the asker may not see.
    private func task(_ id: ULID, seenBy principal: Principal) async throws -> EscalationTask {
        let task = try await NIOThreadPool.singleton.runIfActive { [reader] in try reader.escalation(id) }
        guard let task, isSeen(principal.scope, task.site) else {
            throw Problem(.notFound, "there is no escalation \(id); GET /v1/escalations lists those there are")
        }
        return task
    }

    // MARK: Claiming

    private struct ClaimBody: Decodable {
        var limit: Int?
        /// Seconds.
        var lease: Double?
        /// Seconds.
        var wait: Double?
        var tiers: [String]?
        var areas: [String]?
        var sites: [String]?

        enum CodingKeys: String, CodingKey {
            case limit, tiers, areas, sites
            case lease = "lease_s"
            case wait = "wait_s"
        }
    }

    private func claim(_ request: Request, _ principal: Principal) async throws -> Response {
        var request = request
        let bytes = try await request.collectBody(upTo: OperatorRoutes.longestBody)
        let body: ClaimBody? = try OperatorRoutes.body(
            bytes,
            form:
                "{\"limit\":1,\"lease_s\":60,\"wait_s\":0,\"tiers\":[…],\"areas\":[…],\"sites\":[…]}, a JSON object of that form"
        )
        let claim = try EscalationRoutes.claim(body ?? ClaimBody(), principal)
        let wait = body?.wait ?? 0
        guard wait >= 0, wait <= EscalationRoutes.longestWait else {
            throw Problem(.badRequest, "wait_s is \(wait); valid: from 0 to \(EscalationRoutes.longestWait)")
        }
        let claimed: [ClaimedEscalation]
        if wait > 0 {
            // Nothing is handed to a consumer that has hung up. Watching for that costs the connection, which ends with the answer.
            claimed = try await request.body.consumeWithCancellationOnInboundClose { [desk] _ in
                try await desk.claim(claim, patience: Int64(wait * 1_000))
            }
        } else {
            claimed = try await desk.claim(claim, patience: 0)
        }
        var response = OperatorRoutes.json(listing: "escalations", claimed.lazy.map(\.object))
        if wait > 0 { response.headers[.connection] = "close" }
        return response
    }

    private static func claim(_ body: ClaimBody, _ principal: Principal) throws -> EscalationClaim {
        let limit = body.limit ?? 1
        guard (1...EscalationClaim.mostTasks).contains(limit) else {
            throw Problem(.badRequest, "limit is \(limit); valid: from 1 to \(EscalationClaim.mostTasks)")
        }
        for (name, list) in [("tiers", body.tiers), ("areas", body.areas), ("sites", body.sites)] {
            guard (list?.count ?? 0) <= EscalationClaim.mostNames else {
                throw Problem(
                    .badRequest, "\(name) has \(list?.count ?? 0) entries; valid: at most \(EscalationClaim.mostNames)")
            }
        }
        var scopes = [principal.scope]
        if let areas = body.areas, !areas.isEmpty {
            scopes.append(AreaScope(areas.map { $0.split(separator: "/").map { String($0) } }))
        }
        return EscalationClaim(
            holder: principal.name, origin: principal.origin, limit: limit, lease: try lease(body.lease),
            tiers: Set(body.tiers ?? []), sites: Set(body.sites ?? []), scopes: scopes)
    }

    private static func lease(_ seconds: Double?) throws -> Int64 {
        let milliseconds = (seconds ?? 60) * 1_000
        let valid = EscalationClaim.leases
        guard milliseconds >= Double(valid.lowerBound), milliseconds <= Double(valid.upperBound) else {
            throw Problem(
                .badRequest,
                "lease_s is \(seconds ?? 0); valid: from \(valid.lowerBound / 1_000) to \(valid.upperBound / 1_000)")
        }
        return Int64(milliseconds)
    }

    // MARK: Reporting

    /// Of one escalation alone.
    private struct LeaseBody: Decodable {
        var claim: Int64?
        var note: String?
        /// Of extending, seconds.
        var lease: Double?

        enum CodingKeys: String, CodingKey {
            case claim, note
            case lease = "lease_s"
        }
    }

    private static func item(
        _ id: ULID, _ verb: LeaseReport.Verb, claim: Int64?, note: String?
    ) throws -> LeaseReport.Item {
        guard let number = verb.needsLease ? claim : claim ?? 1 else {
            throw Problem(.badRequest, "claim is missing; valid: the number under which the escalation was claimed")
        }
        guard claimNumbers.contains(number) else {
            throw Problem(.badRequest, "claim is \(number); valid: the number under which the escalation was claimed")
        }
        guard (note?.unicodeScalars.count ?? 0) <= EscalationTask.longestNote else {
            throw Problem(.badRequest, "the note is longer than \(EscalationTask.longestNote) characters")
        }
        return LeaseReport.Item(task: id, claim: verb.needsLease ? Int(number) : 0, note: note)
    }

    private func reportOne(
        _ verb: LeaseReport.Verb, _ id: ULID, _ request: Request, _ principal: Principal
    ) async throws -> Response {
        let body: LeaseBody? = try await OperatorRoutes.body(
            of: request, form: "{\"claim\":1,\"note\":\"…\"}, a JSON object of that form")
        let item = try EscalationRoutes.item(id, verb, claim: body?.claim, note: body?.note)
        let outcomes = try await desk.report(
            LeaseReport(
                verb, [item], holder: principal.name, origin: principal.origin, scope: principal.scope,
                lease: try EscalationRoutes.lease(body?.lease)))
        switch outcomes.first {
        case .done(let task): return OperatorRoutes.json(task.json)
        case .refused(let reason): throw Problem(.conflict, reason)
        case .unknown, nil:
            // It may have been closed: the alarm was acknowledged, or is over.
            let task = try await task(id, seenBy: principal)
            throw Problem(.conflict, "escalation \(id) is \(task.state.rawValue): its climb has ended")
        }
    }

    private func reportMany(_ request: Request, _ principal: Principal) async throws -> Response {
        let form = "{\"verb\":\"done\",\"items\":[{\"id\":\"…\",\"claim\":1,\"note\":\"…\"}]}"
        let bytes = try await OperatorRoutes.bytes(of: request, upTo: OperatorRoutes.longestReport)
        let plain = unsafe bytes.withUnsafeReadableBytes {
            unsafe ReportBody(plain: $0.bindMemory(to: UInt8.self).span)
        }
        guard let body = try plain ?? OperatorRoutes.body(bytes, form: form + ", a JSON object of that form") else {
            throw Problem(.badRequest, "there is no body; valid: \(form)")
        }
        guard let verb = LeaseReport.Verb(rawValue: body.verb) else {
            let valid = LeaseReport.Verb.allCases.map(\.rawValue).joined(separator: ", ")
            throw Problem(.badRequest, "verb is \"\(body.verb)\"; valid: one of \(valid)")
        }
        try principal.require(verb.right)
        guard (1...LeaseReport.mostItems).contains(body.items.count) else {
            throw Problem(
                .badRequest, "items has \(body.items.count) entries; valid: from 1 to \(LeaseReport.mostItems)")
        }
        let items = try body.items.map { item in
            guard let id = item.id.flatMap({ ULID($0) }) else {
                throw Problem(.badRequest, "\"\(item.id ?? "")\" is no escalation; valid: the id that a claim gives")
            }
            return try EscalationRoutes.item(id, verb, claim: item.claim, note: item.note)
        }
        let outcomes = try await desk.report(
            LeaseReport(
                verb, items, holder: principal.name, origin: principal.origin, scope: principal.scope,
                lease: try EscalationRoutes.lease(body.lease)))
        return OperatorRoutes.json(
            listing: "results", zip(items, outcomes).lazy.map { EscalationRoutes.object($0.task, $1) })
    }

    private static func object(_ id: ULID, _ outcome: LeaseReport.Outcome) -> JSONText {
        var json = JSONText()
        json.member("id", id)
        switch outcome {
        case .done(let task):
            json.member("outcome", "done")
            json.member("state", task.state.rawValue)
        case .unknown:
            json.member("outcome", "unknown")
            json.member("detail", "no open climb has it: the alarm was acknowledged or is over, or it never was")
        case .refused(let reason):
            json.member("outcome", "refused")
            json.member("detail", reason)
        }
        return json
    }
}

extension LeaseReport.Verb {
    /// What it takes to say it.
    fileprivate var right: Right { needsLease ? .consume : .act }
}
