/// `manifest.json`: every other file of the capsule with its SHA-256.
struct CapsuleManifest: Codable, Sendable {
    static let name = "manifest.json"
    static let format = "hazardd-incident-1"

    var format: String
    var node: String
    var episode: String
    /// Hexadecimal, by the file's path within the folder.
    var files: [String: String]
}
