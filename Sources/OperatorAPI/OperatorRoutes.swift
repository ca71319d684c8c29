import Alarms
import Foundation
import Historian
package import Hummingbird
import NIOPosix
import Pipeline
package import Store
import Telemetry

/// The operator's HTTP routes, for whichever listener they are added to.
package struct OperatorRoutes: Sendable {
    /// The longest request body read, in bytes.
    package static let longestBody = 65_536
    /// The most events of one answer.
    package static let mostEvents = 1_000
    private static let usualEvents = 100

    private let reader: StateReader
    private let inbox: any CommandInbox
    private let history: any HistoryControl
    private let figures: FigureDesk

    package init(reader: StateReader, inbox: any CommandInbox, history: any HistoryControl, figures: FigureDesk) {
        self.reader = reader
        self.inbox = inbox
        self.history = history
        self.figures = figures
    }

    package func add(to router: Router<some ActorContext>) {
        router.get("v1/status") { _, _ in
            let status = try await read { try $0.status() }
            return OperatorRoutes.json(status.json(isRunning: true))
        }
        router.get("v1/alarms") { _, _ in
            let alarms = try await read { try $0.standingAlarms() }
            return OperatorRoutes.json("{\"alarms\":[\(alarms.map(\.body).joined(separator: ","))]}")
        }
        router.get("v1/events") { request, _ in try await events(request) }
        router.get("v1/kpi") { request, _ in
            OperatorRoutes.json(try await figures.answer(try OperatorRoutes.figureQuery(request)))
        }
        router.post("v1/storage/compact") { _, _ in
            let outcome = try await history.compact()
            return OperatorRoutes.json("{\"samples\":\(outcome.samples),\"days\":\(outcome.days)}")
        }
        router.post("v1/import") { request, context in
            try await OperatorRoutes.takeSamples(request, context, into: inbox)
        }
        router.get("v1/suppressed") { _, _ in
            let suppressed = try await read { try $0.suppressedAlarms() }
            return OperatorRoutes.json("{\"suppressed\":[\(suppressed.map(\.json).joined(separator: ","))]}")
        }
        for action in OperatorCommand.Action.ofEpisodes {
            router.post("v1/alarms/:episode/\(action.rawValue)") { request, context in
                try await act(action, request, context)
            }
        }
        for action in OperatorCommand.Action.ofAlarms {
            router.post("v1/objects/:site/:object/\(action.rawValue)") { request, context in
                try await actOnObject(action, request, context)
            }
        }
    }

    private func events(_ request: Request) async throws -> Response {
        let after = try OperatorRoutes.number("after", in: request, 0...Int64.max, standard: 0)
        let limit = try OperatorRoutes.number(
            "limit", in: request, 1...Int64(OperatorRoutes.mostEvents), standard: Int64(OperatorRoutes.usualEvents))
        let events = try await read { try $0.events(after: after, limit: Int(limit)) }
        return OperatorRoutes.json("{\"events\":[\(events.map(\.body).joined(separator: ","))]}")
    }

    private func act(
        _ action: OperatorCommand.Action, _ request: Request, _ context: some ActorContext
    ) async throws -> Response {
        let text = try context.parameters.require("episode")
        guard let episode = ULID(text) else {
            throw Problem(.badRequest, "\"\(text)\" is no episode; valid: the 26 characters that GET /v1/alarms gives")
        }
        let body = try await OperatorRoutes.actionBody(of: request)
        let command = OperatorCommand(
            action: action, episode: episode, actor: try await context.actor(), comment: body.comment,
            duration: try OperatorRoutes.duration(of: body, for: action))
        return try await submit(command)
    }

    private func actOnObject(
        _ action: OperatorCommand.Action, _ request: Request, _ context: some ActorContext
    ) async throws -> Response {
        let body = try await OperatorRoutes.actionBody(of: request)
        let condition = body.condition.flatMap { Condition(name: $0) }
        guard (condition == nil) == (body.condition == nil) else {
            throw Problem(.badRequest, "condition is \"\(body.condition ?? "")\"; valid: such as HH, STALE or OFFLINE")
        }
        let target = AlarmTarget(
            site: try context.parameters.require("site"), object: try context.parameters.require("object"),
            condition: condition)
        return try await submit(
            OperatorCommand(
                action: action, target: .alarms(target), actor: try await context.actor(), comment: body.comment,
                duration: try OperatorRoutes.duration(of: body, for: action), permit: body.permit))
    }

    private func submit(_ command: OperatorCommand) async throws -> Response {
        switch try await inbox.submit(command) {
        case .done(let alarm): return OperatorRoutes.json(alarm)
        case .notFound(let reason): throw Problem(.notFound, reason)
        case .refused(let reason): throw Problem(.conflict, reason)
        }
    }

    private struct ActionBody: Decodable {
        var comment: String?
        /// Seconds; of actions that hold for a time.
        var duration: Double?
        /// Of removing from service.
        var permit: String?
        /// Of actions on an object; all of its conditions if there is none.
        var condition: String?

        enum CodingKeys: String, CodingKey {
            case comment, permit, condition
            case duration = "for_s"
        }
    }

    private static func duration(of body: ActionBody, for action: OperatorCommand.Action) throws -> Int64? {
        guard let seconds = body.duration else { return nil }
        guard let duration = OperatorCommand.duration(seconds: seconds, of: action) else {
            throw Problem(.badRequest, "for_s is \(seconds); valid: \(OperatorCommand.durationForm)")
        }
        return duration
    }

    /// What an action carries; no body at all is nothing.
    private static func actionBody(of request: Request) async throws -> ActionBody {
        let body = try await request.body.collect(upTo: longestBody)
        guard body.readableBytes > 0 else { return ActionBody() }
        let action: ActionBody
        do {
            action = try JSONDecoder().decode(ActionBody.self, from: Data(body.readableBytesView))
        } catch {
            throw Problem(
                .badRequest,
                "the body is not {\"comment\":\"…\"}, a JSON object with texts or null, and a number for for_s")
        }
        guard (action.comment?.utf8.count ?? 0) <= OperatorCommand.longestComment else {
            throw Problem(.badRequest, "the comment is longer than \(OperatorCommand.longestComment) bytes")
        }
        return action
    }

    static func number(
        _ name: Substring, in request: Request, _ range: ClosedRange<Int64>, standard: Int64
    ) throws -> Int64 {
        guard let text = request.uri.queryParameters[name] else { return standard }
        guard let number = Int64(text), range.contains(number) else {
            throw Problem(
                .badRequest,
                "\(name) is \"\(text)\"; valid: a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    static func json(_ text: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// Reads off the pool of threads that must not block.
    private func read<Value: Sendable>(_ query: @escaping @Sendable (StateReader) throws -> Value) async throws -> Value
    {
        try await NIOThreadPool.singleton.runIfActive { [reader] in try query(reader) }
    }
}
