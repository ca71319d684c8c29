import Foundation
import Settings

/// A temporary folder with a settings file, removed when the test lets go of it.
final class SettingsFixture {
    let folder: URL

    init() throws {
        let name = "hazardd-settings-\(UUID().uuidString)"
        folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().appendingPathComponent(name)
        try write("", to: "sites/empty.yaml")
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    func write(_ text: String, to name: String) throws {
        let file = folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    func load(_ text: String, environment: [String: String] = [:]) throws -> Settings {
        try write(text, to: "hazardd.yaml")
        return try Settings.load(file: path("hazardd.yaml"), environment: environment)
    }

    /// What is reported about a settings file, one line a fault; empty when it is accepted.
    func faults(_ text: String) throws -> [String] {
        try write(text, to: "hazardd.yaml")
        do throws(ConfigurationRejected) {
            _ = try Settings.load(file: path("hazardd.yaml"), environment: [:])
            return []
        } catch {
            return error.faults.map(\.description)
        }
    }

    /// The three keys that are required.
    static let least = "node: n1\nbroker: {urls: [\"mqtt://127.0.0.1\"]}\nregistry: sites\n"
}
