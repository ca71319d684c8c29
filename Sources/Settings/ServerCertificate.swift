/// Files with which the HTTP listener shows who it is, by absolute path.
package struct ServerCertificate: Hashable, Sendable {
    package enum Key: String, SectionKey {
        case certificate = "cert_file"
        case key = "key_file"
    }

    /// The certificate and those between it and the authority, PEM.
    package var certFile: String
    /// Its private key, PEM.
    package var keyFile: String

    package init(certFile: String, keyFile: String) {
        self.certFile = certFile
        self.keyFile = keyFile
    }

    init?(_ section: Section<Key>) {
        let certificate = section.required(.certificate, valid: "the path of a PEM file")?.existingFile()
        let key = section.required(.key, valid: "the path of a PEM file")?.existingFile()
        guard let certificate, let key else { return nil }
        self.init(certFile: certificate, keyFile: key)
    }
}
