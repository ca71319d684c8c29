/// Files for TLS to the broker, by absolute path.
package struct TLSFiles: Hashable, Sendable {
    package enum Key: String, SectionKey {
        case authority = "ca_file"
        case certificate = "cert_file"
        case key = "key_file"
    }

    /// Certificates that the broker's own must descend from, PEM.
    package var caFile: String
    /// The daemon's own certificate for mutual TLS, PEM; given together with its key or not at all.
    package var certFile: String?
    package var keyFile: String?

    init?(_ section: Section<Key>) {
        let authority = section.required(.authority, valid: "the path of a PEM file")?.existingFile()
        certFile = section[.certificate]?.existingFile()
        keyFile = section[.key]?.existingFile()
        if (section[.certificate] == nil) != (section[.key] == nil) {
            section.whole.fault("names only one of cert_file and key_file", valid: "both, or neither")
        }
        guard let authority else { return nil }
        caFile = authority
    }
}
