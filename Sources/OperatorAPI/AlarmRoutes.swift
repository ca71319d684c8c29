import Alarms
import Crypto
package import Hummingbird
import NIOPosix
import Pipeline
package import Store

/// Alarms as they stand, and those that nobody is told of.
package struct AlarmRoutes: Sendable {
    private let reader: StateReader
    private let rules: RegistryInForce

    package init(reader: StateReader, rules: RegistryInForce) {
        self.reader = reader
        self.rules = rules
    }

    package func add(to router: Router<some ActorContext>) {
        router.get("v1/alarms", for: .read) { request, _, asker in try await list(request, asker) }
        router.get("v1/alarms/:episode", for: .read) { _, context, asker in
            let episode = try OperatorRoutes.episode(context)
            let body = try await read { reader, rules in
                try reader.alarm(episode: episode).flatMap { alarm, body in
                    rules.isSeen(alarm.subject.site, by: asker.scope) ? body : nil
                }
            }
            guard let body else { throw Problem(.notFound, OperatorCommand.Target.episode(episode).notFound) }
            return OperatorRoutes.json(body)
        }
        router.get("v1/suppressed", for: .read) { _, _, asker in
            let suppressed = try await read { reader, rules in
                try reader.suppressedAlarms().filter { rules.isSeen($0.subject.site, by: asker.scope) }
            }
            return OperatorRoutes.json("{\"suppressed\":[\(suppressed.map(\.json).joined(separator: ","))]}")
        }
    }

    private func list(_ request: Request, _ asker: Principal) async throws -> Response {
        let filter = try AlarmFilter(request)
        let (text, tag) = try await read { reader, rules in
            let alarms = try reader.alarmsWithBodies().filter { alarm, _ in
                rules.isSeen(alarm.subject.site, by: asker.scope) && filter.passes(alarm, rules)
            }
            let json = "{\"alarms\":[\(alarms.map(\.body).joined(separator: ","))]}"
            let digest = SHA256.hash(data: Array(json.utf8)).prefix(16).map { String($0, radix: 16) }
            return (json, "\"\(digest.joined(separator: "-"))\"")
        }
        if AlarmRoutes.names(tag, request.headers[values: .ifNoneMatch]) {
            return Response(status: .notModified, headers: [.eTag: tag])
        }
        var response = OperatorRoutes.json(text)
        response.headers[.eTag] = tag
        return response
    }

    /// Whether a peer that has one of these already has this (RFC 9110, 13.1.2: compared weakly).
    private static func names(_ tag: String, _ values: [String]) -> Bool {
        values.flatMap { $0.split(separator: ",") }.contains { value in
            let value = value.filter { !$0.isWhitespace }
            return value == "*" || value == tag || value == "W/\(tag)"
        }
    }

    /// Reads off the pool of threads that must not block.
    private func read<Value: Sendable>(
        _ query: @escaping @Sendable (StateReader, RegistryInForce.Contents) throws -> Value
    ) async throws -> Value {
        try await NIOThreadPool.singleton.runIfActive { [reader, rules] in try query(reader, rules.current) }
    }
}
