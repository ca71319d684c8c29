import CMosquitto
import Glibc

extension MQTTSession {
    /// The broker's address as errors show it.
    var place: String {
        address?.description ?? "a broker"
    }

    /// The sentence for a code of libmosquitto. `doing` is followed by the broker's address.
    func failure(_ code: Int32, _ doing: String, _ systemError: Int32) -> BrokerError {
        let client = "client \"\(options.clientID)\""
        if let refusal = connack?.reasonCode, refusal != 0 {
            return BrokerError(
                code: refusal,
                context: "\(place) refused \(client): \(refusalText(refusal)); \(Self.remedy(refusal: refusal))")
        }
        if brokerReason != 0 {
            return BrokerError(
                code: brokerReason,
                context: "\(place) disconnected \(client): \(Self.reasonText(brokerReason)); "
                    + Self.remedy(disconnect: brokerReason))
        }
        var cause = unsafe String(cString: mosquitto_strerror(code))
        if code == MOSQ_ERR_ERRNO.rawValue, systemError != 0 {
            cause = Self.text(ofSystemError: systemError)
        }
        if cause.hasSuffix(".") {
            cause.removeLast()
        }
        if let lastComplaint, code != MOSQ_ERR_INVAL.rawValue {
            cause += " (\(lastComplaint))"
        }
        return BrokerError(
            code: code, context: "\(doing) \(place) as \(client) failed: \(cause); \(Self.remedy(code))")
    }

    private func refusalText(_ reason: Int32) -> String {
        if options.protocolVersion == .v5 {
            return Self.reasonText(reason)
        }
        return unsafe String(cString: mosquitto_connack_string(reason))
    }

    private static func reasonText(_ reason: Int32) -> String {
        let text = unsafe String(cString: mosquitto_reason_string(reason))
        return "\(text.hasSuffix(".") ? String(text.dropLast()) : text) (\(reason))"
    }

    static func text(ofSystemError code: Int32) -> String {
        unsafe String(cString: strerror(code))
    }

    private static func remedy(refusal: Int32) -> String {
        switch refusal {
        case 1, 132: "set broker.protocol to a version this broker speaks"
        case 2, 133: "choose a client_id this broker accepts"
        case 4, 5, 134, 135: "check username, password_file and the broker's access rules"
        default: "the broker's log says more"
        }
    }

    private static func remedy(disconnect reason: Int32) -> String {
        switch reason {
        case 142: "another client uses the same client_id; every client needs its own"
        case 141: "the broker heard nothing within the keep-alive; raise keep_alive_s or find what stalls"
        default: "the broker's log says more"
        }
    }

    private static func remedy(_ code: Int32) -> String {
        switch UInt32(bitPattern: code) {
        case UInt32(bitPattern: MOSQ_ERR_TLS.rawValue):
            "ca_file must have signed the broker's certificate, which must carry the host name in broker.urls"
        case UInt32(bitPattern: MOSQ_ERR_CONN_LOST.rawValue):
            "the network broke, the broker stopped, or another client uses the same client_id; "
                + "the broker's log says which"
        case UInt32(bitPattern: MOSQ_ERR_KEEPALIVE.rawValue), UInt32(bitPattern: MOSQ_ERR_TIMEOUT.rawValue):
            "the broker did not answer in time; check that it is alive and reachable"
        case UInt32(bitPattern: MOSQ_ERR_INVAL.rawValue):
            "topics must be valid (no wildcard when publishing) and keep_alive_s 0 or 5 to 65535"
        case UInt32(bitPattern: MOSQ_ERR_OVERSIZE_PACKET.rawValue), UInt32(bitPattern: MOSQ_ERR_PAYLOAD_SIZE.rawValue):
            "send less at once, or raise the broker's max_packet_size"
        case UInt32(bitPattern: MOSQ_ERR_QOS_NOT_SUPPORTED.rawValue):
            "the broker must offer QoS 1"
        default:
            "check that the broker runs and listens at this address"
        }
    }
}
