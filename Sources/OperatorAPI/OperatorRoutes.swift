import Alarms
import Historian
package import Hummingbird
import NIOPosix
import Pipeline
import Registry
package import Store
import Telemetry

/// What people do about alarms, and what concerns the node as a whole.
package struct OperatorRoutes: Sendable {
    /// The longest request body read, in bytes.
    package static let longestBody = 65_536
    /// The longest report on escalations read, in bytes: its most items, with notes.
    package static let longestReport = 1 << 20
    /// The most events of one answer.
    package static let mostEvents = 1_000
    static let usualEvents = 100

    private let reader: StateReader
    private let rules: RegistryInForce
    private let inbox: any CommandInbox
    private let history: any HistoryControl

    package init(
        reader: StateReader, rules: RegistryInForce, inbox: any CommandInbox, history: any HistoryControl
    ) {
        self.reader = reader
        self.rules = rules
        self.inbox = inbox
        self.history = history
    }

    package func add(to router: Router<some ActorContext>) {
        router.get("v1/status", for: .read) { _, _, _ in
            let status = try await NIOThreadPool.singleton.runIfActive { [reader] in try reader.status() }
            return OperatorRoutes.json(status.json(isRunning: true))
        }
        router.post("v1/storage/compact", for: .configure) { _, _, _ in
            let outcome = try await history.compact()
            return OperatorRoutes.json("{\"samples\":\(outcome.samples),\"days\":\(outcome.days)}")
        }
        router.post("v1/import", for: .configure) { request, _, asker in
            try await OperatorRoutes.takeSamples(request, asker, into: inbox)
        }
        for action in OperatorCommand.Action.ofEpisodes {
            router.post("v1/alarms/:episode/\(action.rawValue)", for: action.right) { request, context, asker in
                try await act(action, try OperatorRoutes.episode(context), request, asker)
            }
        }
        for action in OperatorCommand.Action.ofAlarms {
            router.post("v1/objects/:site/:object/\(action.rawValue)", for: action.right) { request, context, asker in
                let (site, object) = (try context.pathPart("site"), try context.pathPart("object"))
                return try await act(action, site, object, request, asker)
            }
        }
    }

    private func act(
        _ action: OperatorCommand.Action, _ episode: ULID, _ request: Request, _ asker: Principal
    ) async throws -> Response {
        let body = try await OperatorRoutes.actionBody(of: request)
        let command = OperatorCommand(
            action: action, episode: episode, actor: asker.name, origin: asker.origin, comment: body.comment,
            duration: try OperatorRoutes.duration(of: body, for: action))
        if !asker.scope.isUnlimited {
            let site = try await NIOThreadPool.singleton.runIfActive { [reader] in
                try reader.alarm(episode: episode)?.alarm.subject.site
            }
            guard let site, rules.isSeen(site, by: asker.scope) else {
                throw Problem(.notFound, command.target.notFound)
            }
        }
        return try await submit(command)
    }

    private func act(
        _ action: OperatorCommand.Action, _ site: String, _ object: String, _ request: Request, _ asker: Principal
    ) async throws -> Response {
        let body = try await OperatorRoutes.actionBody(of: request)
        let condition = body.condition.flatMap { Condition(name: $0) }
        guard (condition == nil) == (body.condition == nil) else {
            throw Problem(.badRequest, "condition is \"\(body.condition ?? "")\"; valid: such as HH, STALE or OFFLINE")
        }
        let command = OperatorCommand(
            action: action, target: .alarms(AlarmTarget(site: site, object: object, condition: condition)),
            actor: asker.name, origin: asker.origin, comment: body.comment,
            duration: try OperatorRoutes.duration(of: body, for: action), permit: body.permit)
        guard rules.isSeen(site, by: asker.scope) else { throw Problem(.notFound, command.target.notFound) }
        return try await submit(command)
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
        let form = "{\"comment\":\"…\"}, a JSON object with texts or null, and a number for for_s"
        let action: ActionBody = try await body(of: request, form: form) ?? ActionBody()
        guard (action.comment?.unicodeScalars.count ?? 0) <= OperatorCommand.longestComment else {
            throw Problem(.badRequest, "the comment is longer than \(OperatorCommand.longestComment) characters")
        }
        return action
    }
}

extension OperatorCommand.Action {
    /// What it takes to do it.
    fileprivate var right: Right {
        switch self {
        case .acknowledge, .confirm, .reset, .shelve, .unshelve: .act
        case .removeFromService, .returnToService, .startExercise, .endExercise: .withdraw
        }
    }
}
