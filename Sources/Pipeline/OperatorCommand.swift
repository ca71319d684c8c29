package import Alarms
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
        /// Takes alarms out of service under a permit; the comment says why.
        case removeFromService = "remove_from_service"
        case returnToService = "return_to_service"
        /// Begins an exercise (演练); the comment names it.
        case startExercise = "exercise"
        case endExercise = "end_exercise"

        /// Those that are about one episode of an alarm that stands.
        package static let ofEpisodes: [Action] = [
            .acknowledge, .confirm, .reset, .shelve, .unshelve, .endExercise,
        ]
        /// Those that are about alarms whether they stand or not.
        package static let ofAlarms: [Action] = [.removeFromService, .returnToService, .startExercise]

        /// Whether it holds for a time that is given with it.
        var takesTime: Bool { self == .shelve || self == .removeFromService || self == .startExercise }
    }

    /// What a command is about.
    package enum Target: Sendable, Hashable, CustomStringConvertible {
        case episode(ULID)
        case alarms(AlarmTarget)

        package var description: String {
            switch self {
            case .episode(let episode): episode.description
            case .alarms(let target): target.description
            }
        }
    }

    /// The most characters a comment may have (Unicode scalars, as JSON Schema counts them).
    package static let longestComment = 4_000

    /// Seconds for which anything can be asked to be shelved; policies allow less.
    private static let longestDuration = 31_536_000.0

    package let action: Action
    package let target: Target
    package let actor: String
    /// Role and address of whoever asks over the network; nil otherwise.
    package let origin: String?
    package let comment: String?
    /// The sender's own identifier of the request, by which a second delivery is recognised.
    package let requestID: String?
    /// For how many milliseconds; nil for actions that take no time.
    package let duration: Int64?
    /// The work permit's number; of removing from service only.
    package let permit: String?

    package init(
        action: Action, episode: ULID, actor: String, origin: String? = nil, comment: String?,
        requestID: String? = nil, duration: Int64? = nil
    ) {
        self.init(
            action: action, target: .episode(episode), actor: actor, origin: origin, comment: comment,
            requestID: requestID, duration: duration)
    }

    package init(
        action: Action, target: Target, actor: String, origin: String? = nil, comment: String?,
        requestID: String? = nil, duration: Int64? = nil, permit: String? = nil
    ) {
        self.action = action
        self.target = target
        self.actor = actor
        self.origin = origin
        self.comment = comment
        self.requestID = requestID
        self.duration = duration
        self.permit = permit
    }

    /// What may be asked for in seconds, in milliseconds; nil where the action takes no time, or not this one.
    package static func duration(seconds: Double, of action: Action) -> Int64? {
        guard action.takesTime, seconds > 0, seconds <= longestDuration else { return nil }
        return Int64((seconds * 1_000).rounded())
    }

    /// What would be valid, in words.
    package static let durationForm =
        "seconds above 0, at most \(Int(longestDuration)), where something is put aside for a time"

    /// What came of it.
    package enum Outcome: Sendable, Hashable {
        /// Done; the alarm as it then stood, as JSON.
        case done(String)
        case notFound(String)
        /// The alarm's state does not allow it.
        case refused(String)
    }
}
