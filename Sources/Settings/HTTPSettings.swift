/// Where the HTTP interface is served over TCP, and to whom.
package struct HTTPSettings: Hashable, Sendable {
    package enum Key: String, SectionKey {
        case listen
        case tokensFile = "tokens_file"
        case tls
    }

    package var host = "127.0.0.1"
    package var port = 8_780
    /// Absolute path. Without it everything that needs a token is refused.
    package var tokensFile: String?
    /// Nil for plain HTTP.
    package var tls: ServerCertificate?

    init(_ section: Section<Key>) {
        if let field = section[.listen], let text = field.text(valid: HTTPSettings.listenForm) {
            if let address = ListenAddress(Substring(text)) {
                host = address.host
                port = address.port
            } else {
                field.fault("is \"\(text)\"", valid: HTTPSettings.listenForm)
            }
        }
        tokensFile = section[.tokensFile]?.absolutePath()
        tls = section[.tls]?.section(of: ServerCertificate.Key.self).flatMap { ServerCertificate($0) }
    }

    /// Whether another listener would have to be opened for these than for `other`; tokens change without one.
    package func listens(otherThan other: HTTPSettings) -> Bool {
        host != other.host || port != other.port || tls != other.tls
    }

    private static let listenForm = "HOST:PORT, IPv6 in brackets"
}
