import CMosquitto
import Glibc

/// The least that a libmosquitto client can do with telemetry: takes QoS 1 messages in, acknowledges each at once and
/// throws it away. `hazard-bench` holds the daemon against it. Drives libmosquitto from outside in the plainest way:
/// poll, read, write.
@safe package final class DiscardingSubscriber {
    /// Messages taken in so far.
    package private(set) var count = 0

    private let client: OpaquePointer
    private var isSubscribed = false

    /// Connects and subscribes; returns once the broker has granted it.
    package init(clientID: String, address: BrokerAddress, topic: String, receiveMaximum: UInt16) throws(BrokerError) {
        _ = mosquitto_lib_init()
        guard let fresh = unsafe mosquitto_new(clientID, true, nil) else {
            throw BrokerError(code: 0, context: "client id \"\(clientID)\" cannot be used")
        }
        unsafe client = fresh
        unsafe mosquitto_user_data_set(fresh, Unmanaged.passUnretained(self).toOpaque())
        unsafe mosquitto_threaded_set(fresh, true)
        _ = unsafe mosquitto_int_option(fresh, MOSQ_OPT_PROTOCOL_VERSION, MQTT_PROTOCOL_V5)
        _ = unsafe mosquitto_int_option(fresh, MOSQ_OPT_RECEIVE_MAXIMUM, Int32(receiveMaximum))
        _ = unsafe mosquitto_int_option(fresh, MOSQ_OPT_TCP_NODELAY, 1)
        unsafe mosquitto_message_callback_set(fresh) { _, owner, _ in
            unsafe DiscardingSubscriber.from(owner)?.count += 1
        }
        unsafe mosquitto_subscribe_callback_set(fresh) { _, owner, _, _, _ in
            unsafe DiscardingSubscriber.from(owner)?.isSubscribed = true
        }
        try check(unsafe mosquitto_connect_bind_v5(fresh, address.host, Int32(address.port), 60, nil, nil), address)
        try check(unsafe mosquitto_subscribe_v5(fresh, nil, topic, 1, 0, nil), address)
        while !isSubscribed { try turn(address) }
    }

    deinit {
        unsafe mosquitto_destroy(client)
    }

    /// Goes on until so many messages were taken in.
    package func run(until wanted: Int, address: BrokerAddress) throws(BrokerError) {
        while count < wanted { try turn(address) }
        while unsafe mosquitto_want_write(client) { try turn(address) }
    }

    private func turn(_ address: BrokerAddress) throws(BrokerError) {
        let wantsWrite = unsafe mosquitto_want_write(client)
        var entry = pollfd(
            fd: unsafe mosquitto_socket(client), events: Int16(POLLIN | (wantsWrite ? POLLOUT : 0)), revents: 0)
        _ = unsafe poll(&entry, 1, 1_000)
        if Int32(entry.revents) & POLLIN != 0 { try check(unsafe mosquitto_loop_read(client, 1), address) }
        if unsafe mosquitto_want_write(client) { try check(unsafe mosquitto_loop_write(client, 1), address) }
        if entry.revents == 0 { try check(unsafe mosquitto_loop_misc(client), address) }
    }

    private static func from(_ owner: UnsafeMutableRawPointer?) -> DiscardingSubscriber? {
        unsafe owner.map { unsafe Unmanaged<DiscardingSubscriber>.fromOpaque($0).takeUnretainedValue() }
    }

    private func check(_ code: Int32, _ address: BrokerAddress) throws(BrokerError) {
        guard code != 0 else { return }
        throw BrokerError(
            code: code,
            context: "the discarding subscriber lost \(address): \(unsafe String(cString: mosquitto_strerror(code)))")
    }
}
