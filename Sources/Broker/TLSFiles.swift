/// The PEM files of a TLS connection. The broker's certificate and its host name are always verified.
package struct TLSFiles: Sendable {
    /// Authorities trusted to sign the broker's certificate; nil: those of the operating system.
    package var caFile: String?
    /// This client's certificate, for mutual TLS; only together with `keyFile`.
    package var certFile: String?
    /// The certificate's key, without a passphrase: nobody is there to type one.
    package var keyFile: String?

    package init(caFile: String? = nil, certFile: String? = nil, keyFile: String? = nil) {
        self.caFile = caFile
        self.certFile = certFile
        self.keyFile = keyFile
    }
}
