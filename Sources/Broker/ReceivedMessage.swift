/// A message as `SubscribingClient` keeps it.
package struct ReceivedMessage: Sendable, Hashable {
    package let topic: String
    package let payload: [UInt8]
    package let qos: Int32
    package let retained: Bool

    /// The payload as text; bytes that are no UTF-8 become replacement characters.
    package var text: String {
        String(decoding: payload, as: UTF8.self)
    }
}
