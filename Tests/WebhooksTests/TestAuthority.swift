import TestKit

/// A private authority, and a certificate of its making for `localhost`, made by openssl.
struct TestAuthority {
    private let folder: TemporaryFolder

    var caFile: String { folder.file("ca.pem") }
    var certificateFile: String { folder.file("server.pem") }
    var keyFile: String { folder.file("server.key") }

    init() throws {
        folder = try TemporaryFolder("authority")
        try openssl(
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=Test authority", "-keyout",
            folder.file("ca.key"), "-out", caFile)
        try openssl(
            "req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-keyout", keyFile, "-out",
            folder.file("server.csr"))
        let names = try folder.write("subjectAltName=DNS:localhost\n", to: "server.ext")
        try openssl(
            "x509", "-req", "-in", folder.file("server.csr"), "-CA", caFile, "-CAkey", folder.file("ca.key"),
            "-CAcreateserial", "-days", "2", "-extfile", names, "-out", certificateFile)
    }

    private func openssl(_ arguments: String...) throws {
        let tool = try ChildProcess("/usr/bin/openssl", arguments, output: folder.file("openssl.log"))
        guard tool.wait(timeout: .seconds(60)) == 0 else {
            throw TestKitError("openssl \(arguments.joined(separator: " ")) failed: \(tool.output)")
        }
    }
}
