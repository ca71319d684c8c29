import Crypto
import Foundation
import Store

/// The folder a capsule is written to; remembers the hash of everything it wrote.
final class CapsuleFolder {
    let path: String
    private(set) var hashes: [String: String] = [:]

    /// Makes the folder; one that holds something is refused.
    init(creating path: String) throws {
        self.path = path
        let files = FileManager.default
        if let held = try? files.contentsOfDirectory(atPath: path), !held.isEmpty {
            throw IncidentError("\(path) is not empty; valid: a folder that does not exist yet, or an empty one")
        }
        do {
            try files.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw IncidentError("\(path) cannot be made: \(error.localizedDescription)")
        }
    }

    func write(_ text: String, to name: String) throws { try write(Data(text.utf8), to: name) }

    func write(_ bytes: Data, to name: String) throws {
        let file = path + "/" + name
        do {
            try FileManager.default.createDirectory(
                atPath: URL(fileURLWithPath: file).deletingLastPathComponent().path, withIntermediateDirectories: true)
            try bytes.write(to: URL(fileURLWithPath: file))
        } catch {
            throw IncidentError("\(file) cannot be written: \(error.localizedDescription)")
        }
        hashes[name] = CapsuleFolder.hash(bytes)
    }

    static func hash(_ bytes: Data) -> String {
        Data(SHA256.hash(data: bytes)).hexadecimal
    }
}
