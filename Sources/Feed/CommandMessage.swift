import Foundation
package import Pipeline
import Telemetry

/// An operator's command as it comes over MQTT: `{"id":…,"command":…,"episode":…,"comment":…}`.
package struct CommandMessage: Sendable, Equatable {
    private struct Body: Decodable {
        let id: String
        let command: String
        let episode: String
        let comment: String?
        /// Seconds; of shelving only.
        let duration: Double?

        enum CodingKeys: String, CodingKey {
            case id, command, episode, comment
            case duration = "for_s"
        }
    }

    /// What is wrong with a command message, and what would be right.
    package struct Fault: Error, Equatable {
        /// The sender's identifier, where it could be read.
        package let id: String?
        package let reason: String
    }

    package let id: String
    package let command: OperatorCommand

    /// The longest identifier remembered, in characters.
    static let longestID = 128

    /// - Parameter actor: the user, from the topic that the broker's access list ties to it.
    package init(_ payload: [UInt8], actor: String) throws(Fault) {
        let body: Body
        do {
            body = try JSONDecoder().decode(Body.self, from: Data(payload))
        } catch {
            throw Fault(
                id: nil,
                reason:
                    "the message is not {\"id\":…,\"command\":…,\"episode\":…} with texts, comment if any, and for_s to shelve"
            )
        }
        guard !body.id.isEmpty, body.id.count <= CommandMessage.longestID else {
            throw Fault(id: nil, reason: "id must have 1 to \(CommandMessage.longestID) characters")
        }
        guard (body.comment ?? "").unicodeScalars.count <= OperatorCommand.longestComment else {
            throw Fault(id: body.id, reason: "comment is longer than \(OperatorCommand.longestComment) characters")
        }
        let actions = OperatorCommand.Action.ofEpisodes
        guard let action = actions.first(where: { $0.rawValue == body.command }) else {
            let valid = actions.map(\.rawValue).joined(separator: ", ")
            throw Fault(id: body.id, reason: "command \"\(body.command)\" is none of \(valid)")
        }
        guard let episode = ULID(body.episode) else {
            throw Fault(id: body.id, reason: "episode \"\(body.episode)\" is no identifier of 26 characters")
        }
        let duration = body.duration.flatMap { OperatorCommand.duration(seconds: $0, of: action) }
        guard body.duration == nil || duration != nil else {
            throw Fault(id: body.id, reason: "for_s must be \(OperatorCommand.durationForm)")
        }
        id = body.id
        command = OperatorCommand(
            action: action, episode: episode, actor: actor, comment: body.comment, requestID: body.id,
            duration: duration)
    }
}
