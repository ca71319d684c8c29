/// A command could not be committed now; nothing of it was done.
package struct InboxUnavailable: Error, Sendable {
    package let reason: String

    package init(reason: String) {
        self.reason = reason
    }
}
