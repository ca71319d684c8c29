/// What became of one `PollInterest`.
package struct PollReadiness: Sendable {
    /// Bytes, an end of file or an error can be read.
    package var canRead: Bool
    package var canWrite: Bool

    package init(canRead: Bool = false, canWrite: Bool = false) {
        self.canRead = canRead
        self.canWrite = canWrite
    }
}
