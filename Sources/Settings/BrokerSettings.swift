/// How the daemon reaches the MQTT broker.
package struct BrokerSettings: Hashable, Sendable {
    package enum Key: String, SectionKey {
        case urls
        case clientID = "client_id"
        case sessionExpiry = "session_expiry_s"
        case maximumMessage = "max_message_bytes"
        case version = "protocol"
        case receiveMaximum = "receive_maximum"
        case keepAlive = "keep_alive_s"
        case username
        case passwordFile = "password_file"
        case tls
    }

    package enum ProtocolVersion: String, CaseIterable, Sendable {
        case v5 = "5"
        case v311 = "3.1.1"
    }

    /// Tried in this order.
    package var urls: [BrokerURL] = []
    /// The ingest session's; the feed appends `-feed`.
    package var clientID: String
    /// Seconds; 4294967295 is never (MQTT 5, 3.1.2.11.2).
    package var sessionExpiry: UInt32 = .max
    /// Larger messages are quarantined as oversize.
    package var maximumMessageBytes = 1_048_576
    package var protocolVersion = ProtocolVersion.v5
    /// Unacknowledged messages in flight, MQTT 5 only.
    package var receiveMaximum: UInt16 = 20_000
    /// Seconds.
    package var keepAlive = 30
    package var username: String?
    /// Absolute path; the password itself is read when connecting and never kept here.
    package var passwordFile: String?
    package var tls: TLSFiles?

    /// The defaults for a node; `urls` is still empty.
    init(node: String) {
        clientID = "hazardd-\(node)"
    }

    init(_ section: Section<Key>, node: String) {
        self.init(node: node)
        urls = BrokerSettings.urls(section)
        clientID = section[.clientID]?.text() ?? clientID
        sessionExpiry = section[.sessionExpiry]?.integer(in: 0...4_294_967_295).map { UInt32($0) } ?? sessionExpiry
        // The upper bound is what an MQTT packet can hold.
        maximumMessageBytes = section[.maximumMessage]?.integer(in: 1...268_435_455) ?? maximumMessageBytes
        protocolVersion = section[.version]?.choice(ProtocolVersion.self) ?? protocolVersion
        receiveMaximum = section[.receiveMaximum]?.integer(in: 1...65_535).map { UInt16($0) } ?? receiveMaximum
        keepAlive = section[.keepAlive]?.integer(in: 5...65_535) ?? keepAlive
        username = section[.username]?.text()
        passwordFile = section[.passwordFile]?.existingFile()
        if let file = section[.passwordFile], section[.username] == nil {
            file.fault("is given without broker.username", valid: "both, or username alone")
        }
        tls = section[.tls]?.section(of: TLSFiles.Key.self).flatMap { TLSFiles($0) }
        if let tls = section[.tls], !urls.isEmpty, !urls.contains(where: \.tls) {
            tls.log.note(
                Fault(file: tls.file.name, line: tls.line, message: "broker.tls has no effect without an mqtts:// URL"))
        }
    }

    private static func urls(_ section: Section<Key>) -> [BrokerURL] {
        let valid = "a list of " + BrokerURL.form
        guard let field = section.required(.urls, valid: valid), let items = field.items() else { return [] }
        if items.isEmpty {
            field.fault("is an empty list", valid: valid)
        }
        return items.compactMap { item in
            guard let text = item.text(valid: BrokerURL.form) else { return nil }
            guard let url = BrokerURL(text) else {
                // A URL with a user part would carry a password into logs.
                let shown = text.contains("@") ? "has a user part or is no broker URL" : "is \"\(text)\""
                item.fault(shown, valid: BrokerURL.form)
                return nil
            }
            return url
        }
    }
}
