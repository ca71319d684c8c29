import Foundation
import TestKit

/// A folder that `hazardctl incident` wrote, as somebody else gets it.
struct Capsule {
    let path: String
    let deployment: Deployment

    /// Where the node keeps the key that a third party is given.
    var publicKey: String {
        get throws {
            let keys = try FileManager.default.contentsOfDirectory(atPath: deployment.stateFolder + "/keys")
            guard let name = keys.first(where: { $0.hasSuffix(".pub.pem") }) else {
                throw TestKitError("no public key")
            }
            return deployment.stateFolder + "/keys/" + name
        }
    }

    func text(_ name: String) throws -> String {
        try String(contentsOfFile: path + "/" + name, encoding: .utf8)
    }

    /// `hazardctl verify-incident`, without any configuration.
    func verify() throws -> CommandOutput {
        try deployment.run("hazardctl", ["verify-incident", path, "--public-key", try publicKey])
    }

    /// `python3 verify.py` in the folder; exit code, and what it said.
    func verifyByScript(key: String? = nil) throws -> (code: Int32, text: String) {
        let output = deployment.folder.file("script-\(UUID().uuidString)")
        let child = try ChildProcess(
            "/bin/sh", ["-c", #"exec python3 "$0/verify.py" --public-key "$1" 2>&1"#, path, try key ?? publicKey],
            output: output)
        guard let code = child.wait(timeout: .seconds(30)) else { throw TestKitError("verify.py did not end") }
        return (code, (try? String(contentsOfFile: output, encoding: .utf8)) ?? "")
    }

    /// A copy with one file changed, its new hash put into the manifest as a forger would.
    func forged(_ name: String, _ change: (String) throws -> String) throws -> Capsule {
        let copy = Capsule(path: path + "-\(UUID().uuidString)", deployment: deployment)
        try FileManager.default.copyItem(atPath: path, toPath: copy.path)
        let old = try copy.text(name)
        let new = try change(old)
        guard new != old else { throw TestKitError("\(name) was not changed") }
        try new.write(toFile: copy.path + "/" + name, atomically: false, encoding: .utf8)
        let script = """
            import hashlib, json, sys
            path, name = sys.argv[1:]
            manifest = json.load(open(path + "/manifest.json"))
            manifest["files"][name] = hashlib.sha256(open(path + "/" + name, "rb").read()).hexdigest()
            json.dump(manifest, open(path + "/manifest.json", "w"))
            """
        let child = try ChildProcess(
            "/usr/bin/python3", ["-c", script, copy.path, name], output: deployment.folder.file("forging"))
        guard child.wait(timeout: .seconds(30)) == 0 else { throw TestKitError("\(name) could not be forged") }
        return copy
    }
}
