package import Pipeline
package import Settings
import Telemetry

extension HoldRule {
    package init(_ settings: IncidentSettings) {
        self.init(
            priority: Priority(name: settings.priority.rawValue) ?? .critical, before: settings.before,
            after: settings.after)
    }
}
