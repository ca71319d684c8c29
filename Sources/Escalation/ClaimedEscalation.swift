/// A task as it is handed to a consumer.
package struct ClaimedEscalation: Sendable {
    package let task: EscalationTask
    /// The site's area, from the city down.
    package let area: [String]
    /// Appends the alarm as it stood when it was handed out, as JSON; made by whoever needs it, as the pipeline's thread has
    /// other things to do.
    package let alarm: @Sendable (_ text: inout [UInt8]) -> Void

    package init(task: EscalationTask, area: [String], alarm: @escaping @Sendable (_ text: inout [UInt8]) -> Void) {
        self.task = task
        self.area = area
        self.alarm = alarm
    }
}
