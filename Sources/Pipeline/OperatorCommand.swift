package import Telemetry

/// What an operator asks of one episode.
package struct OperatorCommand: Sendable, Hashable {
    package enum Action: String, Sendable, CaseIterable {
        /// The alarm was seen (确认).
        case acknowledge
        /// Action was taken (处置); the comment says which.
        case confirm
        case reset
        /// Put aside for a time; the comment says why.
        case shelve
        case unshelve
    }

    /// The most bytes a comment may have.
    package static let longestComment = 4_000

    /// Seconds for which anything can be asked to be shelved; policies allow less.
    private static let longestDuration = 31_536_000.0

    package let action: Action
    package let episode: ULID
    package let actor: String
    package let comment: String?
    /// The sender's own identifier of the request, by which a second delivery is recognised.
    package let requestID: String?
    /// For how many milliseconds to shelve; nil for other actions.
    package let duration: Int64?

    package init(
        action: Action, episode: ULID, actor: String, comment: String?, requestID: String? = nil,
        duration: Int64? = nil
    ) {
        self.action = action
        self.episode = episode
        self.actor = actor
        self.comment = comment
        self.requestID = requestID
        self.duration = duration
    }

    /// What may be asked for in seconds, in milliseconds; nil where the action takes no time, or not this one.
    package static func duration(seconds: Double, of action: Action) -> Int64? {
        guard action == .shelve, seconds > 0, seconds <= longestDuration else { return nil }
        return Int64((seconds * 1_000).rounded())
    }

    /// What would be valid, in words.
    package static let durationForm = "seconds above 0, at most \(Int(longestDuration)), to shelve an alarm"

    /// What came of it.
    package enum Outcome: Sendable, Hashable {
        /// Done; the alarm as it then stood, as JSON.
        case done(String)
        case unknownEpisode(String)
        /// The alarm's state does not allow it.
        case refused(String)
    }
}
