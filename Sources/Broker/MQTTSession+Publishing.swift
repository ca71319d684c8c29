import CMosquitto

extension MQTTSession {
    /// Queues a publication and returns its number, which comes back in `acknowledged` or `refused`. It leaves with the
    /// next `write`. An empty payload with `retain` removes what the broker retains for the topic. `contentType`,
    /// `responseTopic` and `correlation` travel with MQTT 5 only.
    @discardableResult
    package func publish(
        topic: String,
        payload: UnsafeRawBufferPointer,
        qos: Int32 = 1,
        retain: Bool = false,
        contentType: String? = nil,
        responseTopic: String? = nil,
        correlation: [UInt8]? = nil
    ) throws(BrokerError) -> Int32 {
        let client = try unsafe connectedClient("publish to")
        var properties = PropertyList()
        if options.protocolVersion == .v5 {
            if let contentType {
                properties.add(MQTT_PROP_CONTENT_TYPE, contentType)
            }
            if let responseTopic {
                properties.add(MQTT_PROP_RESPONSE_TOPIC, responseTopic)
            }
            if let correlation {
                properties.add(MQTT_PROP_CORRELATION_DATA, correlation)
            }
        }
        try check(properties.code, "describing a publication on \"\(topic)\" to")
        var mid: Int32 = 0
        let code = unsafe mosquitto_publish_v5(
            client, &mid, topic, Int32(clamping: payload.count), payload.baseAddress, qos, retain, properties.list)
        try check(code, "publishing \(payload.count) bytes on \"\(topic)\" to")
        return mid
    }

    /// The same for bytes in an array.
    @discardableResult
    package func publish(
        topic: String, payload: [UInt8], qos: Int32 = 1, retain: Bool = false, contentType: String? = nil,
        correlation: [UInt8]? = nil
    ) throws(BrokerError) -> Int32 {
        let outcome = unsafe payload.withUnsafeBytes { bytes in
            Result { () throws(BrokerError) -> Int32 in
                try unsafe publish(
                    topic: topic, payload: bytes, qos: qos, retain: retain, contentType: contentType,
                    correlation: correlation)
            }
        }
        return try outcome.get()
    }

    /// The same for text.
    @discardableResult
    package func publish(
        topic: String, payload: String, qos: Int32 = 1, retain: Bool = false, contentType: String? = nil
    ) throws(BrokerError) -> Int32 {
        var payload = payload
        let outcome = payload.withUTF8 { text in
            Result { () throws(BrokerError) -> Int32 in
                try unsafe publish(
                    topic: topic, payload: UnsafeRawBufferPointer(text), qos: qos, retain: retain,
                    contentType: contentType)
            }
        }
        return try outcome.get()
    }
}
