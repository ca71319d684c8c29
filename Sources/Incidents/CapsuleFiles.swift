import Evidence
import Foundation

/// Reads the files of a capsule; what cannot be read does not verify.
struct CapsuleFiles {
    let path: String

    func bytes(_ name: String) throws -> Data {
        guard let bytes = FileManager.default.contents(atPath: path + "/" + name) else {
            throw EvidenceFault("\(name) is missing or cannot be read")
        }
        return bytes
    }

    func text(_ name: String) throws -> String {
        guard let text = String(bytes: try bytes(name), encoding: .utf8) else {
            throw EvidenceFault("\(name) is not UTF-8")
        }
        return text
    }

    func lines(_ name: String) throws -> [Substring] {
        try text(name).split(separator: "\n")
    }

    func object<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
        let text = try text(name)
        return try read(type, text, name)
    }

    func objects<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> [Value] {
        try lines(name).enumerated().map { try read(type, $1, "\(name), line \($0 + 1),") }
    }

    private func read<Value: Decodable>(_ type: Value.Type, _ text: some StringProtocol, _ name: String) throws -> Value
    {
        do {
            return try JSONLines.read(type, text)
        } catch {
            throw EvidenceFault("\(name) is not what it should be: \(error)")
        }
    }

    /// Every file there is, by its path within the folder.
    func names() -> Set<String> {
        guard let found = FileManager.default.enumerator(atPath: path) else { return [] }
        var names: Set<String> = []
        for case let name as String in found {
            var isFolder: ObjCBool = false
            let isThere = unsafe FileManager.default.fileExists(atPath: path + "/" + name, isDirectory: &isFolder)
            if isThere, !isFolder.boolValue { names.insert(name) }
        }
        return names
    }
}
