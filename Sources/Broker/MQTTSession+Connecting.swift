import CMosquitto
import Glibc

extension MQTTSession {
    /// Name look-up, TCP, TLS, CONNECT and CONNACK. Blocks for up to a few times `connectTimeout` (the name look-up
    /// has limits of its own), so it belongs on a helper thread. Messages the broker sends at once with its answer
    /// are in `incoming` already, and nothing of theirs has been acknowledged.
    package func connect(to address: BrokerAddress) throws(BrokerError) {
        abandon()
        self.address = address
        connack = nil
        lastComplaint = nil
        brokerReason = 0
        do {
            try Reachability.check(address, client: options.clientID, timeout: options.connectTimeout)
            try start(address)
            try awaitAnswer()
        } catch {
            abandon()
            throw error
        }
    }

    private func start(_ address: BrokerAddress) throws(BrokerError) {
        let owner = unsafe Unmanaged.passUnretained(self).toOpaque()
        guard let fresh = unsafe mosquitto_new(options.clientID, options.cleanStart, owner) else {
            throw BrokerError(
                code: Int32(MOSQ_ERR_INVAL.rawValue),
                context: "client id \"\(options.clientID)\" cannot be used: it must be non-empty UTF-8")
        }
        unsafe client = unsafe fresh
        unsafe mosquitto_threaded_set(fresh, true)
        // With TLS, packets that are decrypted already show nowhere else; and its complaints come by the log.
        unsafe installCallbacks(on: fresh, seesAll: address.tls)
        try unsafe configure(fresh)
        if address.tls {
            try unsafe configureTLS(fresh)
        }
        var properties = PropertyList()
        if options.protocolVersion == .v5, options.sessionExpiry > 0 {
            properties.add(MQTT_PROP_SESSION_EXPIRY_INTERVAL, options.sessionExpiry)
        }
        let code = unsafe mosquitto_connect_bind_v5(
            fresh, address.host, Int32(address.port), Int32(clamping: options.keepAlive), nil, properties.list)
        let systemError = errno
        guard code == MOSQ_ERR_SUCCESS.rawValue else { throw failure(code, "connecting to", systemError) }
    }

    private func configure(_ fresh: OpaquePointer) throws(BrokerError) {
        let version = options.protocolVersion == .v5 ? MQTT_PROTOCOL_V5 : MQTT_PROTOCOL_V311
        var codes = [
            unsafe mosquitto_int_option(fresh, MOSQ_OPT_PROTOCOL_VERSION, version),
            unsafe mosquitto_int_option(fresh, MOSQ_OPT_RECEIVE_MAXIMUM, Int32(options.receiveMaximum)),
            // libmosquitto's own default is 20; the broker's receive maximum still lowers this.
            unsafe mosquitto_int_option(fresh, MOSQ_OPT_SEND_MAXIMUM, 65_535),
            unsafe mosquitto_int_option(fresh, MOSQ_OPT_TCP_NODELAY, 1),
        ]
        if options.username != nil || options.password != nil {
            codes.append(unsafe mosquitto_username_pw_set(fresh, options.username, options.password))
        }
        if let will = options.will {
            codes.append(
                unsafe mosquitto_will_set_v5(
                    fresh, will.topic, Int32(clamping: will.payload.count), will.payload, will.qos, will.retain, nil))
        }
        for code in codes where code != MOSQ_ERR_SUCCESS.rawValue {
            throw failure(code, "preparing the connection to", 0)
        }
    }

    private func configureTLS(_ fresh: OpaquePointer) throws(BrokerError) {
        let files = options.tls
        guard (files.certFile == nil) == (files.keyFile == nil) else {
            throw BrokerError(
                code: Int32(MOSQ_ERR_INVAL.rawValue),
                context: "TLS for \(place) has only one of cert_file and key_file: give both, or neither")
        }
        for file in [files.caFile, files.certFile, files.keyFile] {
            guard let file, unsafe access(file, R_OK) != 0 else { continue }
            throw BrokerError(
                code: Int32(MOSQ_ERR_INVAL.rawValue),
                context: "TLS file \(file) for \(place) cannot be read: \(Self.text(ofSystemError: errno)); "
                    + "name a PEM file that this user may read")
        }
        // Without a callback OpenSSL asks a terminal for the key's passphrase, and waits.
        let noPassphrase:
            @convention(c) (UnsafeMutablePointer<CChar>?, Int32, Int32, UnsafeMutableRawPointer?) -> Int32 =
                { _, _, _, _ in 0 }
        let code: Int32
        if let caFile = files.caFile {
            code = unsafe mosquitto_tls_set(fresh, caFile, nil, files.certFile, files.keyFile, noPassphrase)
        } else {
            code = unsafe mosquitto_tls_set(
                fresh, nil, "/etc/ssl/certs", files.certFile, files.keyFile, noPassphrase)
        }
        guard code == MOSQ_ERR_SUCCESS.rawValue else { throw failure(code, "preparing TLS to", 0) }
    }

    /// Drives the TLS handshake and waits for CONNACK. Never writes once CONNACK is there: messages may have come
    /// with it.
    private func awaitAnswer() throws(BrokerError) {
        let deadline = MonotonicTime.milliseconds() + Int64(options.connectTimeout)
        while connack == nil {
            let left = Int(deadline - MonotonicTime.milliseconds())
            guard left > 0 else {
                throw failure(Int32(MOSQ_ERR_TIMEOUT.rawValue), "waiting for CONNACK from", 0)
            }
            let ready = Poll.wait([PollInterest(descriptor, write: wantsWrite)], timeout: left)[0]
            if ready.canWrite {
                try write()
            }
            guard ready.canRead else { continue }
            try read()
        }
    }
}
