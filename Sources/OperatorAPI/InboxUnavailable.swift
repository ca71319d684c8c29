/// A command could not be committed now; nothing of it was done.
package struct InboxUnavailable: Error, Sendable {
    package let reason: String

    package static let busy = InboxUnavailable(
        reason: "the daemon cannot commit anything at the moment, or too many requests wait; try again")

    package init(reason: String) {
        self.reason = reason
    }
}
