import CMosquitto
import Glibc

/// One connection of one libmosquitto client, driven from outside: the owner polls `descriptor` and calls `read`,
/// `write` and `keepAlive`.
///
/// **Acknowledgement after commit.** `read` queues a PUBACK for every QoS 1 message it takes in, but nothing leaves
/// before `write`. So: read a burst, commit it, write. Between a burst's first read and its commit nothing may
/// call `write`. To give a burst up, `abandon` the session; the broker then sends it again to the next one.
///
/// **One connection, one client.** Every attempt gets a fresh `struct mosquitto`, and the old one is destroyed
/// without DISCONNECT: that would go behind the queued PUBACKs and flush them.
///
/// **Threads.** `@unchecked Sendable` because a session is handed from the helper thread that connected it to its
/// owner, through a lock; it is used by one thread at a time and nothing in it is locked.
@safe package final class MQTTSession: @unchecked Sendable {
    package let options: SessionOptions
    /// The broker this session is connected to, or was last tried.
    package internal(set) var address: BrokerAddress?
    /// What arrived, in order, until the owner removes it.
    package let incoming = MessageArena()
    /// Publications the broker acknowledged, oldest first, by the number `publish` returned (QoS 0: written). The
    /// owner empties it.
    package var acknowledged: [Int32] = []
    /// Publications the broker would not take. The owner empties it.
    package var refused: [RefusedPublication] = []
    /// Answers to `subscribe`. The owner empties it.
    package var subscribed: [SubscriptionAnswer] = []
    /// The broker's answer to CONNECT; there once `connect` has returned.
    package internal(set) var connack: ConnectionAcknowledgement?
    /// Whether the last `read` took in a packet, so that more may be waiting. `poll` cannot tell with TLS, where bytes
    /// already decrypted do not make the descriptor readable. Read until this is false (or the burst is full), then
    /// poll.
    package private(set) var mayHaveMore = false

    var client: OpaquePointer?
    /// Counts on with every packet that is noticed (with TLS that is every packet).
    var packetsRead: UInt64 = 0
    /// How libmosquitto's log line for an arriving packet begins.
    let receivedPrefix: [CChar]
    /// libmosquitto's last complaint, usually the TLS library's.
    var lastComplaint: String?
    /// Why the broker closed the connection, from 128 on (MQTT 5), or 0.
    var brokerReason: Int32 = 0

    package init(options: SessionOptions) {
        self.options = options
        receivedPrefix = "Client \(options.clientID) received ".utf8.map { CChar(bitPattern: $0) }
        _ = Self.library
    }

    deinit {
        abandon()
    }

    /// Initialises libmosquitto once a process.
    private static let library: Int32 = mosquitto_lib_init()

    /// The socket to poll, -1 while not connected. Changes with every connection.
    package var descriptor: Int32 {
        unsafe client.map { unsafe mosquitto_socket($0) } ?? -1
    }

    package var isConnected: Bool {
        descriptor >= 0
    }

    /// Whether packets, PUBACKs among them, wait for `write`.
    package var wantsWrite: Bool {
        unsafe client.map { unsafe mosquitto_want_write($0) } ?? false
    }

    /// The keep-alive in force, in seconds: the broker may have overruled the one asked for.
    package var keepAliveSeconds: Int {
        connack?.serverKeepAlive.map(Int.init) ?? options.keepAlive
    }

    /// Milliseconds since the last byte came from the broker, as the kernel counts them: bytes of an unfinished
    /// large message and those not yet read included. 0 if the kernel does not say. A session silent for 1.5
    /// keep-alives, with `keepAlive` called and written meanwhile, is deaf and should be abandoned.
    package var silentFor: Int64 {
        var info = tcp_info()
        var size = socklen_t(MemoryLayout<tcp_info>.size)
        let code = unsafe getsockopt(descriptor, Int32(IPPROTO_TCP), TCP_INFO, &info, &size)
        return code == 0 ? Int64(info.tcpi_last_data_recv) : 0
    }

    /// One `mosquitto_loop_read`. What arrived is appended to `incoming`, `acknowledged`, `refused` and `subscribed`.
    /// It usually takes in one packet, but libmosquitto decides: bound a burst between calls.
    package func read() throws(BrokerError) {
        let client = try unsafe connectedClient("read from")
        let before = packetsRead
        let code = unsafe mosquitto_loop_read(client, 1)
        mayHaveMore = packetsRead != before
        try check(code, "reading from")
    }

    /// `mosquitto_loop_write`: the only thing that puts queued packets on the wire, **withheld PUBACKs included**.
    package func write() throws(BrokerError) {
        let client = try unsafe connectedClient("write to")
        // libmosquitto sends every packet by itself, a PUBACK of four bytes included; joined by the kernel they cost the
        // broker and the network a fraction. They leave when the cork is pulled, at the end of this call.
        setCork(true)
        defer { setCork(false) }
        try check(unsafe mosquitto_loop_write(client, 1), "writing to")
    }

    private func setCork(_ isOn: Bool) {
        var value: Int32 = isOn ? 1 : 0
        _ = unsafe setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_CORK, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    /// `mosquitto_loop_misc`: queues a PINGREQ when one is due, and fails when the last had no answer. Only ever
    /// queues, so it is safe at any time; the ping leaves with the next `write`, behind the PUBACKs. Read first: an
    /// answer still in the socket counts as none. To be called once a second, also while busy.
    package func keepAlive() throws(BrokerError) {
        let client = try unsafe connectedClient("ping")
        try check(unsafe mosquitto_loop_misc(client), "keeping alive")
    }

    /// Queues a SUBSCRIBE for each and returns their numbers; the answers come in `subscribed`.
    @discardableResult
    package func subscribe(_ subscriptions: [Subscription]) throws(BrokerError) -> [Int32] {
        let client = try unsafe connectedClient("subscribe at")
        var mids: [Int32] = []
        for subscription in subscriptions {
            var mid: Int32 = 0
            var flags: UInt32 = 0
            if options.protocolVersion == .v5 {
                flags |= subscription.retainHandlingNew ? MQTT_SUB_OPT_SEND_RETAIN_NEW.rawValue : 0
                flags |= subscription.noLocal ? MQTT_SUB_OPT_NO_LOCAL.rawValue : 0
                flags |= subscription.retainAsPublished ? MQTT_SUB_OPT_RETAIN_AS_PUBLISHED.rawValue : 0
            }
            let code = unsafe mosquitto_subscribe_v5(
                client, &mid, subscription.topic, subscription.qos, Int32(flags), nil)
            try check(code, "subscribing to \"\(subscription.topic)\" at")
            mids.append(mid)
        }
        return mids
    }

    /// Queues an UNSUBSCRIBE for each topic filter.
    package func unsubscribe(_ topics: [String]) throws(BrokerError) {
        let client = try unsafe connectedClient("unsubscribe at")
        for topic in topics {
            try check(unsafe mosquitto_unsubscribe_v5(client, nil, topic, nil), "unsubscribing \"\(topic)\" at")
        }
    }

    /// Sends DISCONNECT, so that the broker drops the will, and closes. Never for the ingest session: it flushes
    /// every PUBACK queued before it. Waits up to `timeout` milliseconds for the socket to take the bytes.
    /// `endingSession` also has the broker forget the session (MQTT 5 only).
    package func disconnectGracefully(timeout: Int = 1_000, endingSession: Bool = false) {
        defer { abandon() }
        guard let client = unsafe client, isConnected else { return }
        var properties = PropertyList()
        if endingSession, options.protocolVersion == .v5, options.sessionExpiry > 0 {
            properties.add(MQTT_PROP_SESSION_EXPIRY_INTERVAL, 0)
        }
        guard unsafe mosquitto_disconnect_v5(client, 0, properties.list) == MOSQ_ERR_SUCCESS.rawValue else { return }
        let deadline = MonotonicTime.milliseconds() + Int64(timeout)
        while isConnected {
            let left = Int(deadline - MonotonicTime.milliseconds())
            guard left > 0 else { return }
            let ready = Poll.wait([PollInterest(descriptor, read: false, write: true)], timeout: left)
            guard ready[0].canWrite, unsafe mosquitto_loop_write(client, 1) == 0 else { return }
        }
    }

    /// Closes without a word: nothing queued is sent, the broker keeps what was not acknowledged and publishes the
    /// will. What already arrived stays in `incoming`.
    package func abandon() {
        guard let client = unsafe client else { return }
        unsafe self.client = nil
        mayHaveMore = false
        unsafe mosquitto_destroy(client)
    }

    /// The client, if it has a connection. `verb` completes "cannot … BROKER".
    func connectedClient(_ verb: String) throws(BrokerError) -> OpaquePointer {
        guard let client = unsafe client, unsafe mosquitto_socket(client) >= 0 else {
            throw BrokerError(
                code: Int32(MOSQ_ERR_NO_CONN.rawValue),
                context: "cannot \(verb) \(place): client \"\(options.clientID)\" is not connected; connect it first")
        }
        return unsafe client
    }

    /// Turns a result of libmosquitto into an error. A connection the broker closed with DISCONNECT reads as
    /// success, so the socket is looked at too.
    func check(_ code: Int32, _ doing: String) throws(BrokerError) {
        let systemError = errno
        if code != MOSQ_ERR_SUCCESS.rawValue {
            throw failure(code, doing, systemError)
        }
        if !isConnected {
            throw failure(Int32(MOSQ_ERR_CONN_LOST.rawValue), doing, 0)
        }
    }
}
