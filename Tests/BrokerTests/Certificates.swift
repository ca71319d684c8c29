import Broker
import TestKit

/// A private authority with a certificate for the broker at `localhost` and one for a client, made by openssl.
struct Certificates {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder("certificates")
        try openssl(
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=Test authority", "-keyout",
            folder.file("ca.key"), "-out", folder.file("ca.pem"))
        try issue("broker", names: "DNS:localhost")
        try issue("stranger", names: "DNS:elsewhere.example")
        try issue("client", names: "DNS:client.example")
    }

    /// The files one side presents, trusting the authority.
    func files(_ name: String?) -> TLSFiles {
        TLSFiles(
            caFile: folder.file("ca.pem"), certFile: name.map { folder.file("\($0).pem") },
            keyFile: name.map { folder.file("\($0).key") })
    }

    private func issue(_ name: String, names: String) throws {
        try openssl(
            "req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=\(name)", "-keyout", folder.file("\(name).key"),
            "-out", folder.file("\(name).csr"))
        let extensions = try folder.write("subjectAltName=\(names)\n", to: "\(name).ext")
        try openssl(
            "x509", "-req", "-in", folder.file("\(name).csr"), "-CA", folder.file("ca.pem"), "-CAkey",
            folder.file("ca.key"), "-CAcreateserial", "-days", "2", "-extfile", extensions, "-out",
            folder.file("\(name).pem"))
    }

    private func openssl(_ arguments: String...) throws {
        let tool = try ChildProcess("/usr/bin/openssl", arguments, output: folder.file("openssl.log"))
        guard tool.wait(timeout: .seconds(60)) == 0 else {
            throw TestKitError("openssl \(arguments.joined(separator: " ")) failed: \(tool.output)")
        }
    }
}
