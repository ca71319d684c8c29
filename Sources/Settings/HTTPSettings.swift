/// Where health and metrics are served, and the operator console and its API will be.
package struct HTTPSettings: Hashable, Sendable {
    package enum Key: String, SectionKey {
        case listen
        case tokensFile = "tokens_file"
    }

    package var host = "127.0.0.1"
    package var port = 8_780
    /// Absolute path.
    package var tokensFile: String?

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
        section[.tokensFile]?.noteWithoutEffect(as: "http.tokens_file")
    }

    private static let listenForm = "HOST:PORT, IPv6 in brackets"
}
