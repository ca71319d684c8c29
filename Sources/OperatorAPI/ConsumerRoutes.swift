import Alarms
import Foundation
package import Hummingbird
import NIOPosix
import Settings
package import Store
import Synchronization

/// How far named consumers of events have come, kept for them: a consumer without a disk of its own goes on where it was.
package final class ConsumerRoutes: Sendable {
    /// The most names that are ever kept.
    package static let bound = 1_000
    /// Before a consumer's name in table `cursor`.
    private static let prefix = "consumer/"
    /// The longest name in bytes.
    private static let longestName = 128

    private let reader: StateReader
    private let inbox: any CommandInbox
    /// Those that are kept, and those about to be; nil until somebody asked.
    private let names = Mutex<Set<String>?>(nil)

    package init(reader: StateReader, inbox: any CommandInbox) {
        self.reader = reader
        self.inbox = inbox
    }

    package func add(to router: Router<some ActorContext>) {
        router.get("v1/consumers/:name/cursor", for: .consume) { [self] _, context, asker in
            let name = try ConsumerRoutes.name(context, asker)
            let sequence = try await NIOThreadPool.singleton.runIfActive { [reader] in
                try reader.cursor(ConsumerRoutes.prefix + name)
            }
            return ConsumerRoutes.answer(name, sequence)
        }
        router.put("v1/consumers/:name/cursor", for: .consume) { [self] request, context, asker in
            let name = try ConsumerRoutes.name(context, asker)
            let sequence = try await ConsumerRoutes.sequence(of: request)
            try await NIOThreadPool.singleton.runIfActive { [self] in try check(name, sequence) }
            try await inbox.advance(cursor: ConsumerRoutes.prefix + name, to: sequence)
            return ConsumerRoutes.answer(name, sequence)
        }
    }

    private struct Body: Decodable {
        let sequence: Int64
    }

    private static func answer(_ name: String, _ sequence: Int64) -> Response {
        var json = JSONText()
        json.member("name", name)
        json.member("sequence", sequence)
        return OperatorRoutes.json(json.object)
    }

    /// - Throws: 403 where another's cursor could be moved: what it has not seen would be lost to it.
    private static func name(_ context: some ActorContext, _ asker: Principal) throws -> String {
        let name = try context.pathPart("name")
        guard NameRule.isName(name), name.utf8.count <= longestName else {
            throw Problem(
                .badRequest, "name is \"\(name)\"; valid: \(NameRule.nameForm), at most \(longestName) of them")
        }
        let isOwn = name == asker.name || name.hasPrefix(asker.name + ".")
        guard isOwn || asker.role.rights.contains(.configure) else {
            throw Problem(
                .forbidden,
                "\(asker.name) may not use the cursor of \(name); valid: \(asker.name), or a name that begins "
                    + "with \(asker.name) and a dot")
        }
        return name
    }

    private static func sequence(of request: Request) async throws -> Int64 {
        let bytes = try await OperatorRoutes.bytes(of: request)
        guard let body = try? JSONDecoder().decode(Body.self, from: Data(bytes.readableBytesView)), body.sequence >= 0
        else {
            throw Problem(.badRequest, "the body is not {\"sequence\":42}, with the last event that was dealt with")
        }
        return body.sequence
    }

    /// Whether a cursor can be kept.
    private func check(_ name: String, _ sequence: Int64) throws {
        let newest = try reader.lastSequence()
        guard sequence <= newest else {
            throw Problem(
                .conflict, "sequence is \(sequence), and the newest event is \(newest); valid: one up to that")
        }
        if names.withLock({ $0 }) == nil {
            let kept = try reader.cursors(withPrefix: ConsumerRoutes.prefix)
            names.withLock { names in
                if names == nil { names = Set(kept.map { String($0.dropFirst(ConsumerRoutes.prefix.count)) }) }
            }
        }
        let isKept = names.withLock { names in
            guard names?.contains(name) != true else { return true }
            guard (names?.count ?? 0) < ConsumerRoutes.bound else { return false }
            names?.insert(name)
            return true
        }
        guard isKept else {
            throw Problem(
                .conflict, "cursors of \(ConsumerRoutes.bound) consumers are kept already; valid: one of their names")
        }
    }
}
