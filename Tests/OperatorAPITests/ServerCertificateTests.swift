import OperatorAPI
import Settings
import TestKit
import Testing

@Suite("HTTPS", .timeLimit(.minutes(FullCounts.patienceMinutes)))
struct ServerCertificateTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder("https")
    }

    /// Makes a certificate that signs itself.
    private func certificate(_ name: String) throws -> ServerCertificate {
        let files = ServerCertificate(certFile: folder.file("\(name).pem"), keyFile: folder.file("\(name).key"))
        let child = try ChildProcess(
            "/usr/bin/openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=\(name)", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", files.keyFile,
                "-out", files.certFile,
            ], output: folder.file("openssl.log"))
        guard child.wait() == 0 else { throw TestKitError(child.output) }
        return files
    }

    /// curl's exit code: 0, or 60 where it does not trust the certificate.
    private func get(_ url: String, trusting files: ServerCertificate, _ more: [String] = []) throws -> Int32? {
        try ChildProcess(
            "/usr/bin/curl", ["-s", "-o", "/dev/null", "--cacert", files.certFile] + more + [url + "/healthz"],
            output: folder.file("curl.log")
        ).wait()
    }

    @Test("is served with the certificate of the settings, which can be renewed while it listens")
    func renewal() async throws {
        let (first, second) = (try certificate("first"), try certificate("second"))
        let certificates = try ServerCertificates(first)
        let fixture = try ControlFixture()
        try await fixture.whileListening(certificates: certificates) { address in
            #expect(try get(address, trusting: first) == 0)
            #expect(try get(address, trusting: second) == 60)
            #expect(try get(address, trusting: first, ["--tls-max", "1.1"]) != 0, "TLS 1.2 at least")
            try certificates.renew(second)
            #expect(try get(address, trusting: second) == 0)
            #expect(try get(address, trusting: first) == 60)
        }
    }

    @Test("is refused with files that do not belong together, and what was shown so far stays")
    func mismatch() async throws {
        let (first, second) = (try certificate("first"), try certificate("second"))
        let mixed = ServerCertificate(certFile: first.certFile, keyFile: second.keyFile)
        #expect(throws: (any Error).self) { try ServerCertificates(mixed) }
        let certificates = try ServerCertificates(first)
        #expect(throws: (any Error).self) { try certificates.renew(mixed) }
        let fixture = try ControlFixture()
        try await fixture.whileListening(certificates: certificates) { address in
            let code = try get(address, trusting: first)
            #expect(code == 0)
        }
    }
}
