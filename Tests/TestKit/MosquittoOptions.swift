package import Broker

/// Settings of a test's mosquitto; by default those `deploy/mosquitto.conf` recommends.
package struct MosquittoOptions: Sendable {
    package var persistence = true
    package var maxQueuedMessages = 0
    package var maxInflightMessages = 0
    /// Certificates for a TLS listener; nil: plain TCP.
    package var tls: TLSFiles?
    /// Whether a TLS client must show a certificate of the same authority.
    package var requireCertificate = false
    /// A file made by mosquitto_passwd; nil: everyone may connect.
    package var passwordFile: String?
    /// Whether it logs every packet; a benchmark's broker does not.
    package var isVerbose = true
    /// Further lines of mosquitto.conf.
    package var extra: [String] = []

    package init() {}

    func configuration(port: UInt16, folder: String, user: String) -> String {
        var lines = [
            "listener \(port) 127.0.0.1",
            "allow_anonymous \(passwordFile == nil)",
            // Started by root it would become another user and could not write the test's folder.
            "user \(user)",
            "persistence \(persistence)",
            "persistence_location \(folder)/",
            "max_queued_messages \(maxQueuedMessages)",
            "max_queued_bytes 0",
            "max_inflight_messages \(maxInflightMessages)",
            "set_tcp_nodelay true",
        ]
        if let passwordFile {
            lines.append("password_file \(passwordFile)")
        }
        if let tls {
            lines.append("cafile \(tls.caFile ?? "")")
            lines.append("certfile \(tls.certFile ?? "")")
            lines.append("keyfile \(tls.keyFile ?? "")")
            lines.append("require_certificate \(requireCertificate)")
        }
        return (lines + extra).joined(separator: "\n") + "\n"
    }
}
