package import Alarms

/// A running on-delay or off-delay, as it is kept across restarts.
package struct Delay: Sendable, Hashable {
    package let subject: AlarmSubject
    /// True for an on-delay, false for an off-delay.
    package let isOn: Bool
    /// When the daemon received the sample that began it, UTC milliseconds.
    package let began: Int64
    /// That sample's own time, UTC milliseconds.
    package let beganAtSource: Int64
    package let value: Double
    /// The limit it runs for; not a number for conditions without one.
    package let limit: Double

    package init(
        subject: AlarmSubject, isOn: Bool, began: Int64, beganAtSource: Int64, value: Double, limit: Double = .nan
    ) {
        self.subject = subject
        self.isOn = isOn
        self.began = began
        self.beganAtSource = beganAtSource
        self.value = value
        self.limit = limit
    }
}
