package import Alarms

/// The events of one commit with the alarms that it changed, handed over in memory: what the feed would otherwise read
/// back from the store.
package struct CommittedEvents: Sendable {
    /// In the order of their sequence, at least one.
    package let events: [Event]
    /// As they stand after the commit; nil for those that are normal again.
    package let alarms: [AlarmSubject: Alarm?]

    package init(events: [Event], alarms: [AlarmSubject: Alarm?]) {
        self.events = events
        self.alarms = alarms
    }

    /// The alarm as JSON, empty if it is normal; nil where this commit did not change it.
    func body(of subject: String) -> String? {
        guard let subject = AlarmSubject(subject), let alarm = alarms[subject] else { return nil }
        return alarm?.json() ?? ""
    }
}
