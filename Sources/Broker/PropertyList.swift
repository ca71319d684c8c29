import CMosquitto

/// Builds the MQTT 5 properties of one outgoing packet and frees them afterwards.
@safe struct PropertyList: ~Copyable {
    private(set) var list: OpaquePointer?
    /// The first refusal of libmosquitto, or success.
    private(set) var code = Int32(MOSQ_ERR_SUCCESS.rawValue)

    deinit {
        var owned = unsafe list
        unsafe mosquitto_property_free_all(&owned)
    }

    mutating func add(_ identifier: mqtt5_property, _ value: UInt32) {
        note(unsafe mosquitto_property_add_int32(&list, Int32(identifier.rawValue), value))
    }

    mutating func add(_ identifier: mqtt5_property, _ text: String) {
        note(unsafe mosquitto_property_add_string(&list, Int32(identifier.rawValue), text))
    }

    mutating func add(_ identifier: mqtt5_property, _ bytes: [UInt8]) {
        let length = UInt16(clamping: bytes.count)
        note(unsafe mosquitto_property_add_binary(&list, Int32(identifier.rawValue), bytes, length))
    }

    private mutating func note(_ result: Int32) {
        if code == MOSQ_ERR_SUCCESS.rawValue {
            code = result
        }
    }
}
