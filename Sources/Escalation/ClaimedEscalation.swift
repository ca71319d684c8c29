/// A task as it is handed to a consumer.
package struct ClaimedEscalation: Sendable {
    package let task: EscalationTask
    /// The site's area, from the city down.
    package let area: [String]
    /// The alarm as it stands, as JSON.
    package let alarm: String

    package init(task: EscalationTask, area: [String], alarm: String) {
        self.task = task
        self.area = area
        self.alarm = alarm
    }
}
