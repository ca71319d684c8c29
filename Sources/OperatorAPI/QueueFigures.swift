/// What the daemon's queues hold just now, and at most.
package struct QueueFigures: Sendable {
    package var requests: Int
    package var requestBound: Int
    package var publicationBound: Int
    /// Free space on the disk of the state; nil if the system does not say.
    package var freeBytes: Int64?

    package init(requests: Int, requestBound: Int, publicationBound: Int, freeBytes: Int64?) {
        self.requests = requests
        self.requestBound = requestBound
        self.publicationBound = publicationBound
        self.freeBytes = freeBytes
    }
}
