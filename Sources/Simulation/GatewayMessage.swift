/// One telemetry message as a simulated gateway would publish it.
package struct GatewayMessage: Hashable, Sendable {
    package let gateway: String
    /// JSON in the native telemetry payload.
    package let payload: [UInt8]
    /// Values in the payload.
    package let samples: Int
}
