/// Where a broker listens: `mqtt://host:port`, or `mqtts://host:port` for TLS.
package struct BrokerAddress: Sendable, Hashable, CustomStringConvertible {
    /// Whether the connection is wrapped in TLS.
    package var tls: Bool
    /// A name or a literal address, IPv6 without brackets. With TLS the certificate must carry this name.
    package var host: String
    package var port: UInt16

    package init(tls: Bool = false, host: String, port: UInt16) {
        self.tls = tls
        self.host = host
        self.port = port
    }

    /// Reads a URL as it stands in `broker.urls`. Without a port the registered ones apply: 1883, with TLS 8883.
    package init(url: String) throws(BrokerError) {
        let wanted = "write mqtt://HOST:PORT or mqtts://HOST:PORT, port 1 to 65535"
        let tls: Bool
        var rest: Substring
        if url.hasPrefix("mqtt://") {
            tls = false
            rest = url.dropFirst(7)
        } else if url.hasPrefix("mqtts://") {
            tls = true
            rest = url.dropFirst(8)
        } else {
            throw BrokerError(code: 0, context: "broker URL \"\(url)\" has no known scheme: \(wanted)")
        }
        if rest.hasSuffix("/") {
            rest = rest.dropLast()
        }
        var port: UInt16 = tls ? 8883 : 1883
        var host = rest
        let bracketed = rest.hasPrefix("[")
        let colon = bracketed ? rest.range(of: "]:")?.upperBound : rest.lastIndex(of: ":").map(rest.index(after:))
        if let start = colon {
            guard let number = UInt16(rest[start...]), number > 0 else {
                throw BrokerError(code: 0, context: "broker URL \"\(url)\" has no usable port: \(wanted)")
            }
            port = number
            host = rest[..<rest.index(before: start)]
        }
        if bracketed {
            host = host.dropFirst().dropLast()
        }
        guard !host.isEmpty, !host.contains(where: { $0 == "/" || $0 == "@" || $0 == " " }) else {
            throw BrokerError(code: 0, context: "broker URL \"\(url)\" names no host: \(wanted)")
        }
        self.init(tls: tls, host: String(host), port: port)
    }

    package var description: String {
        let shown = host.contains(":") ? "[\(host)]" : host
        return "\(tls ? "mqtts" : "mqtt")://\(shown):\(port)"
    }
}

extension Substring {
    /// The first place where `text` stands.
    fileprivate func range(of text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) {
                return start..<index(start, offsetBy: text.count)
            }
            start = index(after: start)
        }
        return nil
    }
}
