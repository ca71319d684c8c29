package import Telemetry

/// What an operator asks of one episode.
package struct OperatorCommand: Sendable, Hashable {
    package enum Action: String, Sendable, CaseIterable {
        case acknowledge
        case reset
    }

    /// The most bytes a comment may have.
    package static let longestComment = 4_000

    package let action: Action
    package let episode: ULID
    package let actor: String
    package let comment: String?
    /// The sender's own identifier of the request, by which a second delivery is recognised.
    package let requestID: String?

    package init(action: Action, episode: ULID, actor: String, comment: String?, requestID: String? = nil) {
        self.action = action
        self.episode = episode
        self.actor = actor
        self.comment = comment
        self.requestID = requestID
    }

    /// What came of it.
    package enum Outcome: Sendable, Hashable {
        /// Done; the alarm as it then stood, as JSON.
        case done(String)
        case unknownEpisode(String)
        /// The alarm's state does not allow it.
        case refused(String)
    }
}
