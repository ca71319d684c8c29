import Foundation
import Glibc
package import Store

/// The folder of signing keys: `IDENTIFIER.key` with the private half, readable by the daemon's user alone, and
/// `IDENTIFIER.pub.pem` for anybody.
package struct KeyFolder: Sendable {
    private let path: String

    package init(_ state: StateFolder) {
        path = state.keys
    }

    /// The key of this identifier; nil if its private half is not here.
    package func key(_ identifier: String) throws(EvidenceError) -> SigningKey? {
        let file = path + "/\(identifier).key"
        guard FileManager.default.fileExists(atPath: file) else { return nil }
        guard let text = try? String(contentsOfFile: file, encoding: .utf8),
            let seed = Data(base64Encoded: text.trimmingCharacters(in: .whitespacesAndNewlines)),
            let key = try? SigningKey(seed: seed), key.publicKey.identifier == identifier
        else {
            throw EvidenceError(
                "\(file) is no signing key of this name; restore it, or move it away and a new key is made")
        }
        return key
    }

    /// Puts both halves of a key on disk.
    package func keep(_ key: SigningKey) throws(EvidenceError) {
        _ = unsafe mkdir(path, 0o750)
        let identifier = key.publicKey.identifier
        try write(key.seed.base64EncodedString() + "\n", to: "\(identifier).key", mode: 0o600)
        try write(key.publicKey.pem, to: "\(identifier).pub.pem", mode: 0o644)
    }

    private func write(_ text: String, to name: String, mode: mode_t) throws(EvidenceError) {
        let file = path + "/" + name
        let descriptor = unsafe open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard descriptor >= 0 else {
            throw EvidenceError("\(file) cannot be written: \(unsafe String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        guard unsafe Glibc.write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
            throw EvidenceError("\(file) cannot be written: \(unsafe String(cString: strerror(errno)))")
        }
    }
}
