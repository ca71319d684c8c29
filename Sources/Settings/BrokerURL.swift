/// Where an MQTT broker listens: `mqtt://host[:port]`, or `mqtts://` for TLS.
package struct BrokerURL: Hashable, Sendable, CustomStringConvertible {
    package var tls: Bool
    /// A name or an address; IPv6 without brackets.
    package var host: String
    package var port: Int

    package static let form = "mqtt://HOST[:PORT] or mqtts://HOST[:PORT], IPv6 in brackets"

    package init(tls: Bool, host: String, port: Int) {
        self.tls = tls
        self.host = host
        self.port = port
    }

    /// Ports default to the registered ones, 1883 and 8883.
    package init?(_ text: String) {
        var rest = Substring(text)
        if text.hasPrefix("mqtt://") {
            tls = false
            rest = rest.dropFirst(7)
        } else if text.hasPrefix("mqtts://") {
            tls = true
            rest = rest.dropFirst(8)
        } else {
            return nil
        }
        guard let address = ListenAddress(rest, defaultPort: tls ? 8883 : 1883) else { return nil }
        host = address.host
        port = address.port
    }

    package var description: String {
        "\(tls ? "mqtts" : "mqtt")://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    }
}
