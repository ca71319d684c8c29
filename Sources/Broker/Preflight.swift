/// What can be seen from outside of broker settings that lose a backlog.
///
/// Only what the broker tells a client: its CONNACK, and `$SYS/broker/version` where that may be read. Persistence,
/// queue limits and expiry set for all clients cannot be seen; for those see `deploy/mosquitto.conf`.
package enum Preflight {
    /// The warnings a CONNACK gives rise to, each naming the setting. Empty when nothing is amiss.
    package static func warnings(_ connack: ConnectionAcknowledgement, options: SessionOptions) -> [String] {
        var warnings: [String] = []
        if options.protocolVersion == .v311 {
            warnings.append(
                "broker.protocol 3.1.1: the broker cannot say what it limits, and its own settings decide how long "
                    + "it keeps the session; prefer protocol 5")
        }
        if options.protocolVersion == .v5, let granted = connack.sessionExpiry, granted < options.sessionExpiry {
            warnings.append(
                "session-expiry: the broker keeps the session \(granted) s instead of \(options.sessionExpiry) s; "
                    + "after a longer stop the backlog is lost (mosquitto: persistent_client_expiration)")
        }
        if let maximum = connack.receiveMaximum, maximum < 1_000 {
            warnings.append(
                "receive-maximum: the broker allows \(maximum) messages in flight, which bounds how many one commit "
                    + "can acknowledge (mosquitto: max_inflight_messages 0)")
        }
        if let maximum = connack.maximumQoS, maximum < 1 {
            warnings.append(
                "maximum-qos: the broker offers QoS \(maximum) only, so nothing is redelivered; QoS 1 is needed "
                    + "(mosquitto: max_qos 1 or 2)")
        }
        if connack.retainAvailable == false {
            warnings.append(
                "retain-available: the broker keeps no retained messages, so a consumer that connects later sees no "
                    + "standing alarm (mosquitto: retain_available true)")
        }
        if let keepAlive = connack.serverKeepAlive, Int(keepAlive) < min(options.keepAlive, 10) {
            warnings.append(
                "server-keep-alive: the broker wants a sign of life every \(keepAlive) s; a commit that stalls longer "
                    + "costs the connection (mosquitto: max_keepalive)")
        }
        if let size = connack.maximumPacketSize, Int(size) < options.maximumMessageBytes {
            warnings.append(
                "maximum-packet-size: the broker takes \(size) bytes at most, less than max_message_bytes "
                    + "\(options.maximumMessageBytes); larger telemetry is lost at the broker (mosquitto: "
                    + "max_packet_size)")
        }
        return warnings
    }

    /// Connects as `CLIENT_ID-preflight` with the ingest session's wishes, looks, and ends that session again. Blocks
    /// for up to a second beyond the connecting.
    package static func examine(_ options: SessionOptions) throws(BrokerError) -> [String] {
        var probing = options
        probing.clientID += "-preflight"
        probing.cleanStart = true
        probing.will = nil
        if options.protocolVersion == .v311 {
            probing.sessionExpiry = 0
        }
        let session = try MQTTSession.connected(probing)
        defer { session.disconnectGracefully(endingSession: true) }
        guard let connack = session.connack else { return [] }
        var found = warnings(connack, options: options)
        if let version = try brokerVersion(session), let warning = warning(version: version) {
            found.append(warning)
        }
        return found
    }

    /// What the broker calls itself, for example "mosquitto version 2.0.11"; nil where it does not say within a second.
    private static func brokerVersion(_ session: MQTTSession) throws(BrokerError) -> String? {
        try session.subscribe([Subscription(topic: "$SYS/broker/version", qos: 0)])
        let deadline = MonotonicTime.milliseconds() + 1_000
        var lastKeepAlive: Int64 = 0
        while MonotonicTime.milliseconds() < deadline {
            try session.pump(timeout: 100, lastKeepAlive: &lastKeepAlive)
            if !session.incoming.isEmpty {
                return unsafe String(decoding: session.incoming.payload(0), as: UTF8.self)
            }
            if let answer = session.subscribed.first, answer.isRefused {
                return nil
            }
        }
        return nil
    }

    /// Defaults of mosquitto that lose a backlog and show nowhere else.
    static func warning(version: String) -> String? {
        guard version.hasPrefix("mosquitto version ") else { return nil }
        let major = Int(version.dropFirst(18).prefix { $0 != "." }) ?? 0
        let limit = major >= 2 ? "1000" : "100"
        return "max_queued_messages: \(version) keeps only \(limit) messages for a disconnected client unless told "
            + "otherwise, and nothing over a restart of its own without persistence; neither shows from outside, "
            + "compare its settings with deploy/mosquitto.conf"
    }
}
