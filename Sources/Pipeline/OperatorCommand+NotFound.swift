import Alarms
import Telemetry

extension OperatorCommand.Target {
    /// Why nothing was done about what there is not, in the same words for everybody who must not learn more.
    package var notFound: String {
        switch self {
        case .episode(let episode): "no alarm stands with episode \(episode); `hazardctl alarms` lists those that do"
        case .alarms(let target):
            "\(target) is no alarm of the registry; valid: SITE/OBJECT or SITE/OBJECT/CONDITION of a point, a gateway or "
                + "a hazard source with a measured quantity"
        }
    }
}
