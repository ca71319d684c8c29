import HummingbirdCore
import HummingbirdTLS
import NIOCore
import NIOSSL
package import Settings
import Synchronization

/// The certificate that the TCP listener shows, which can be renewed while it listens. Safe on any thread.
package final class ServerCertificates: Sendable {
    private struct Shown: Sendable {
        let chain: [NIOSSLCertificateSource]
        let key: NIOSSLPrivateKeySource

        init(_ files: ServerCertificate) throws {
            chain = try NIOSSLCertificate.fromPEMFile(files.certFile).map { .certificate($0) }
            key = .privateKey(try NIOSSLPrivateKey(file: files.keyFile, format: .pem))
            // Whether the two belong together.
            _ = try NIOSSLContext(
                configuration: TLSConfiguration.makeServerConfiguration(certificateChain: chain, privateKey: key))
        }
    }

    private let shown: Mutex<Shown>

    package init(_ files: ServerCertificate) throws {
        shown = Mutex(try Shown(files))
    }

    /// Reads the files again; connections that stand keep what they were made with.
    package func renew(_ files: ServerCertificate) throws {
        let fresh = try Shown(files)
        shown.withLock { $0 = fresh }
    }

    /// TLS 1.2 and newer around what serves HTTP.
    func server(around base: HTTPServerBuilder) throws -> HTTPServerBuilder {
        let first = shown.withLock { $0 }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: first.chain, privateKey: first.key)
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        configuration.sslContextCallback = { [self] _, promise in
            let now = shown.withLock { $0 }
            var override = NIOSSLContextConfigurationOverride()
            override.certificateChain = now.chain
            override.privateKey = now.key
            promise.succeed(override)
        }
        return try .tls(base, tlsConfiguration: configuration)
    }
}
