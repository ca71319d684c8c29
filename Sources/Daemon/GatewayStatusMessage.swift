import Foundation

/// A gateway's status: `{"online":true,"ts":…}`.
struct GatewayStatusMessage: Decodable {
    let online: Bool

    init?(_ payload: UnsafeRawBufferPointer) {
        let data = unsafe Data(payload)
        guard let message = try? JSONDecoder().decode(GatewayStatusMessage.self, from: data) else { return nil }
        self = message
    }
}
