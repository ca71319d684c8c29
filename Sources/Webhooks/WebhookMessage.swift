package import Alarms
import Foundation
package import Settings

/// An event as it is posted: headers and body, by the CloudEvents HTTP protocol binding 1.0.2, and signed.
package struct WebhookMessage: Sendable {
    /// What of the event stands outside its data.
    private struct Envelope: Decodable {
        let id: String
        let source: String
        let time: String
        let sequence: String
        let previous: String?
    }

    /// Names in lower case.
    package let headers: [(name: String, value: String)]
    package let body: String

    /// - Parameters:
    ///   - now: UTC milliseconds of this attempt, which the signature covers.
    /// - Returns: nil for an event that is no CloudEvent.
    package init?(_ event: Event, mode: WebhookSettings.Mode, secrets: WebhookSecrets, at now: Int64) {
        guard let envelope = try? JSONDecoder().decode(Envelope.self, from: Data(event.body.utf8)) else { return nil }
        var headers: [(name: String, value: String)] = []
        switch mode {
        case .structured:
            body = event.body
            headers.append(("content-type", "application/cloudevents+json"))
        case .binary:
            // Nothing before it is nested, and no text can hold quotes that are not escaped: it is the first.
            guard let mark = event.body.range(of: #","data":"#), event.body.hasSuffix("}") else { return nil }
            body = String(event.body[mark.upperBound...].dropLast())
            headers.append(("content-type", "application/json"))
            let attributes: KeyValuePairs = [
                "specversion": "1.0", "id": envelope.id, "source": envelope.source, "type": event.type,
                "subject": event.subject, "time": envelope.time, "sequence": envelope.sequence,
                "previous": envelope.previous,
            ]
            for (name, value) in attributes {
                if let value { headers.append(("ce-" + name, WebhookMessage.escaped(value))) }
            }
        }
        let seconds = now / 1_000
        headers.append(("user-agent", "hazardd"))
        headers.append(("webhook-id", envelope.id))
        headers.append(("webhook-timestamp", "\(seconds)"))
        let signature = WebhookSignature.text(id: envelope.id, timestamp: seconds, body: body, secrets: secrets)
        headers.append(("webhook-signature", signature))
        self.headers = headers
    }

    /// Percent-encodes what a header cannot hold, as the binding asks for (3.1.3.2).
    private static func escaped(_ value: String) -> String {
        var text = ""
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "%"), 0...0x20, 0x7F...0xFF:
                let digits = String(byte, radix: 16, uppercase: true)
                text += "%" + (digits.utf8.count < 2 ? "0" : "") + digits
            default: text.unicodeScalars.append(Unicode.Scalar(byte))
            }
        }
        return text
    }
}
