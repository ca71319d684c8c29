package import Alarms
package import NIOCore

/// An event as streams send it (Server-Sent Events, WHATWG HTML 9.2).
package struct EventFrame: Sendable, Hashable {
    package let sequence: Int64
    let site: String
    package let bytes: ByteBuffer

    package init(_ event: Event) {
        sequence = event.sequence
        site = event.site
        // A body has no line breaks of its own: they are escaped in JSON.
        bytes = ByteBuffer(string: "id: \(event.sequence)\nevent: \(event.type)\ndata: \(event.body)\n\n")
    }
}
