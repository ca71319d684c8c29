import Alarms
import Pipeline

/// Something that happens in a rule test.
enum Action: Sendable {
    /// Values that arrive together; each gateway's are one message.
    case readings([Reading])
    case command(OperatorRequest)
    case gateway(name: String, GatewayChange)
    case broker(isLost: Bool)
    /// Milliseconds the daemon is down.
    case restart(Int64)
    /// Milliseconds by which the daemon's own wall clock is stepped.
    case wallClock(Int64)
    /// How far a gateway's clock is ahead from here on, milliseconds; all gateways' if none is named.
    case sourceClock(gateway: String?, offset: Int64)
    /// The number of the next messages.
    case sequence(Int64)
    case reload(Rules)

    enum GatewayChange: String, CaseIterable, Sendable {
        case online, offline
        /// Its last values are not sent again until new ones come.
        case silent
    }

    struct OperatorRequest: Sendable {
        let line: Int
        let action: OperatorCommand.Action
        let subject: AlarmSubject
        let actor: String
        let comment: String?
        /// Milliseconds; nil for actions that take no time.
        let duration: Int64?
        /// The work permit; of removing from service only.
        let permit: String?
        let isRefused: Bool
    }
}
