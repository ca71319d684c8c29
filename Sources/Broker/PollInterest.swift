/// A descriptor to wait for, and for what.
package struct PollInterest: Sendable {
    package var descriptor: Int32
    package var wantsRead: Bool
    package var wantsWrite: Bool

    package init(_ descriptor: Int32, read: Bool = true, write: Bool = false) {
        self.descriptor = descriptor
        wantsRead = read
        wantsWrite = write
    }
}
