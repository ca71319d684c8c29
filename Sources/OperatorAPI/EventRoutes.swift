import Alarms
import HTTPTypes
package import Hummingbird
import NIOCore
import NIOPosix
import Registry
package import Store

/// The event log: page by page, and as it grows.
package struct EventRoutes: Sendable {
    private let reader: StateReader
    private let rules: RegistryInForce
    private let tail: EventTail

    package init(reader: StateReader, rules: RegistryInForce, tail: EventTail) {
        self.reader = reader
        self.rules = rules
        self.tail = tail
    }

    package func add(to router: Router<some ActorContext>) {
        router.get("v1/events", for: .read) { request, _, asker in try await list(request, asker) }
        router.get("v1/events/stream", for: .read) { request, context, asker in
            try await stream(request, asker, context.channel) { context.isStillAdmitted }
        }
    }

    private func list(_ request: Request, _ asker: Principal) async throws -> Response {
        let after = try OperatorRoutes.number("after", in: request, 0...Int64.max, standard: 0)
        let limit = try OperatorRoutes.number(
            "limit", in: request, 1...Int64(OperatorRoutes.mostEvents), standard: Int64(OperatorRoutes.usualEvents))
        let site = request.uri.queryParameters["site"].map { String($0) }
        let type = request.uri.queryParameters["type"].map { String($0) }
        let page = try await NIOThreadPool.singleton.runIfActive { [reader, rules] in
            let rules = rules.current
            return try reader.events(after: after, limit: Int(limit)) { eventType, eventSite in
                (site == nil || site == eventSite) && (type == nil || type == eventType)
                    && rules.isSeen(eventSite, by: asker.scope)
            }
        }
        let bodies = page.events.map(\.body).joined(separator: ",")
        var response = OperatorRoutes.json("{\"events\":[\(bodies)],\"next\":\(page.last)}")
        if page.isFull {
            response.linkNext(
                "/v1/events", [("after", "\(page.last)"), ("limit", "\(limit)"), ("site", site), ("type", type)])
        }
        return response
    }

    private func stream(
        _ request: Request, _ asker: Principal, _ channel: any Channel,
        isStillAdmitted: @escaping @Sendable () -> Bool
    ) async throws -> Response {
        let newest = try await NIOThreadPool.singleton.runIfActive { [reader] in try reader.lastSequence() }
        let after = try EventRoutes.resumption(request) ?? newest
        guard after <= newest else {
            throw Problem(
                .conflict,
                "the newest event is \(newest), and this consumer has had \(after): the log was restored from "
                    + "before; valid: to begin anew after \(newest), or at an earlier event")
        }
        let notice = try? await channel.eventLoop.submit {
            try channel.pipeline.syncOperations.handler(type: SlowReaderGuard.self).notice()
        }.get()
        let stream = EventStream(
            tail: tail, seat: try tail.takeSeat(), rules: rules, scope: asker.scope, eventLoop: channel.eventLoop,
            notice: notice, isStillAdmitted: isStillAdmitted)
        let body = ResponseBody { writer in
            try await request.body.consumeWithInboundCloseHandler { _ in
                try await stream.run(after: after, to: &writer)
            } onInboundClosed: {
                stream.seat.end()
            }
            try await writer.finish(nil)
        }
        var headers: HTTPFields = [.contentType: "text/event-stream", .cacheControl: "no-store"]
        // A proxy that gathers an answer before it passes it on would hold back every event.
        if let name = HTTPField.Name("X-Accel-Buffering") { headers[name] = "no" }
        return Response(status: .ok, headers: headers, body: body)
    }

    /// The event after which a stream begins; nil where the request does not say.
    private static func resumption(_ request: Request) throws -> Int64? {
        let isAfter = request.uri.queryParameters["after"] != nil
        let after = try OperatorRoutes.number("after", in: request, 0...Int64.max, standard: 0)
        guard let text = request.headers.first(where: { $0.name.canonicalName == "last-event-id" })?.value else {
            return isAfter ? after : nil
        }
        guard let sequence = OperatorRoutes.wholeNumber(text), sequence >= 0 else {
            throw Problem(.badRequest, "Last-Event-ID is \"\(text)\"; valid: the id of the last event that came")
        }
        return sequence
    }
}
