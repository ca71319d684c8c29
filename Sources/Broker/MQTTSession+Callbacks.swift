import CMosquitto
import Glibc

/// What libmosquitto calls back, on the thread inside `read` or `write` and with a mutex of its own held: copy and
/// leave, and call nothing of libmosquitto that takes that mutex.
extension MQTTSession {
    /// - Parameter seesAll: whether to have libmosquitto tell of every packet by its log, for which it formats a line each;
    ///   without, an arriving PINGRESP goes unnoticed.
    func installCallbacks(on client: OpaquePointer, seesAll: Bool) {
        unsafe mosquitto_message_v5_callback_set(client) { _, owner, message, properties in
            guard let message = unsafe message, let session = unsafe MQTTSession.from(owner) else { return }
            session.packetsRead &+= 1
            unsafe session.incoming.append(
                message, properties: properties, limit: session.options.maximumMessageBytes)
        }
        unsafe mosquitto_publish_v5_callback_set(client) { _, owner, mid, reason, _ in
            guard let session = unsafe MQTTSession.from(owner) else { return }
            session.packetsRead &+= 1
            if reason >= 128 {
                session.refused.append(RefusedPublication(mid: mid, reason: reason))
            } else {
                session.acknowledged.append(mid)
            }
        }
        unsafe mosquitto_subscribe_v5_callback_set(client) { _, owner, mid, count, granted, _ in
            guard let session = unsafe MQTTSession.from(owner) else { return }
            session.packetsRead &+= 1
            let codes = unsafe Array(UnsafeBufferPointer(start: granted, count: Int(count)))
            session.subscribed.append(SubscriptionAnswer(mid: mid, codes: codes))
        }
        unsafe mosquitto_connect_v5_callback_set(client) { _, owner, reason, flags, properties in
            guard let session = unsafe MQTTSession.from(owner) else { return }
            session.packetsRead &+= 1
            session.connack = unsafe ConnectionAcknowledgement(reason: reason, flags: flags, properties: properties)
        }
        unsafe mosquitto_disconnect_v5_callback_set(client) { _, owner, reason, _ in
            // Below 128 it is libmosquitto's own code, which the call that failed returns as well.
            guard reason >= 128, let session = unsafe MQTTSession.from(owner) else { return }
            session.brokerReason = reason
        }
        guard seesAll else { return }
        unsafe mosquitto_log_callback_set(client) { _, owner, level, line in
            guard let line = unsafe line, let session = unsafe MQTTSession.from(owner) else { return }
            unsafe session.note(level, line)
        }
    }

    private static func from(_ owner: UnsafeMutableRawPointer?) -> MQTTSession? {
        unsafe owner.map { unsafe Unmanaged<MQTTSession>.fromOpaque($0).takeUnretainedValue() }
    }

    /// libmosquitto logs every packet it takes in; its interface tells of most, but not of PINGRESP. The line begins
    /// with "Client ID received ".
    private func note(_ level: Int32, _ line: UnsafePointer<CChar>) {
        if UInt32(bitPattern: level) & UInt32(MOSQ_LOG_ERR | MOSQ_LOG_WARNING) != 0 {
            lastComplaint = unsafe String(cString: line)
            return
        }
        if unsafe strncmp(line, receivedPrefix, receivedPrefix.count) == 0 { packetsRead &+= 1 }
    }
}

extension ConnectionAcknowledgement {
    /// Reads what libmosquitto shows of a CONNACK; `flags` bit 0 is session present.
    fileprivate init(reason: Int32, flags: Int32, properties: OpaquePointer?) {
        self.init(reasonCode: reason, sessionPresent: flags & 1 != 0)
        guard let properties = unsafe properties else { return }
        var byte: UInt8 = 0
        var short: UInt16 = 0
        var long: UInt32 = 0
        func identifier(_ property: mqtt5_property) -> Int32 {
            Int32(property.rawValue)
        }
        if unsafe mosquitto_property_read_int32(
            properties, identifier(MQTT_PROP_SESSION_EXPIRY_INTERVAL), &long, false) != nil
        {
            sessionExpiry = long
        }
        if unsafe mosquitto_property_read_int16(properties, identifier(MQTT_PROP_RECEIVE_MAXIMUM), &short, false) != nil
        {
            receiveMaximum = short
        }
        if unsafe mosquitto_property_read_byte(properties, identifier(MQTT_PROP_MAXIMUM_QOS), &byte, false) != nil {
            maximumQoS = byte
        }
        if unsafe mosquitto_property_read_byte(properties, identifier(MQTT_PROP_RETAIN_AVAILABLE), &byte, false) != nil
        {
            retainAvailable = byte != 0
        }
        if unsafe mosquitto_property_read_int16(properties, identifier(MQTT_PROP_SERVER_KEEP_ALIVE), &short, false)
            != nil
        {
            serverKeepAlive = short
        }
        if unsafe mosquitto_property_read_int32(
            properties, identifier(MQTT_PROP_MAXIMUM_PACKET_SIZE), &long, false) != nil
        {
            maximumPacketSize = long
        }
    }
}
