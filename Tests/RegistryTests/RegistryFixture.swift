import Foundation
import Registry
import Settings

/// A temporary configuration with one site, removed when the test lets go of it.
final class RegistryFixture {
    let folder: URL

    init() throws {
        let name = "hazardd-registry-\(UUID().uuidString)"
        folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().appendingPathComponent(name)
        let settings = "node: n1\nbroker: {urls: [\"mqtt://127.0.0.1\"]}\nregistry: sites\n"
        try write(settings, to: "hazardd.yaml")
        try write("site: shengli\npoints_file: points.csv\n", to: "sites/shengli.yaml")
        try write("point,gateway,tag\nLT-101,gw1,LT-101\n", to: "sites/points.csv")
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    func write(_ text: String, to name: String) throws {
        try write(Array(text.utf8), to: name)
    }

    func write(_ bytes: [UInt8], to name: String) throws {
        let file = folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    func load() throws -> Configuration {
        let file = folder.appendingPathComponent("hazardd.yaml").path
        return try Configuration.load(settingsFile: file, environment: [:])
    }

    /// What is reported, one line a fault; empty when the configuration is accepted.
    func faults() -> [String] {
        let file = folder.appendingPathComponent("hazardd.yaml").path
        do throws(ConfigurationRejected) {
            _ = try Configuration.load(settingsFile: file, environment: [:])
            return []
        } catch {
            return error.faults.map(\.description)
        }
    }

    /// The only point of a list with these columns beside `point`, `gateway` and `tag`.
    static func point(_ columns: String, _ cells: String) throws -> Point? {
        let fixture = try RegistryFixture()
        try fixture.write("point,gateway,tag,\(columns)\nP-1,gw1,t1,\(cells)\n", to: "sites/points.csv")
        return try fixture.load().registry.points.first
    }

    /// What is reported about such a point.
    static func faults(_ columns: String, _ cells: String) throws -> [String] {
        let fixture = try RegistryFixture()
        try fixture.write("point,gateway,tag,\(columns)\nP-1,gw1,t1,\(cells)\n", to: "sites/points.csv")
        return fixture.faults()
    }
}
