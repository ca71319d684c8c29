package import Alarms
package import Telemetry

/// A stretch of the record that retention must leave alone: what lies around one episode of an alarm.
package struct Hold: Sendable, Hashable {
    package let episode: ULID
    package let subject: AlarmSubject
    /// Whose points it is about; empty for all sites.
    package let site: String
    /// The hazard source whose points it is about; empty for the whole site.
    package let source: String
    /// UTC milliseconds, both included.
    package var times: ClosedRange<Int64>

    package init(episode: ULID, subject: AlarmSubject, site: String, source: String, times: ClosedRange<Int64>) {
        self.episode = episode
        self.subject = subject
        self.site = site
        self.source = source
        self.times = times
    }

    /// What an alarm holds. One without a hazard source is about its site; one of the node or of a gateway that several
    /// sites share is about everything.
    package init(of alarm: Alarm, times: ClosedRange<Int64>) {
        let isEverywhere = [AlarmSubject.nodeSite, AlarmSubject.sharedGatewaySite].contains(alarm.subject.site)
        self.init(
            episode: alarm.episode, subject: alarm.subject, site: isEverywhere ? "" : alarm.subject.site,
            source: alarm.source, times: times)
    }
}
