import Foundation
import Registry
import Settings
import TestKit
import Testing

extension RegistryFixture {
    static let schemas = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("schemas")

    /// The text of the profile in `schemas/`.
    static func standards() throws -> String {
        try String(contentsOf: schemas.appendingPathComponent(StandardsProfile.builtInFile), encoding: .utf8)
    }

    /// The profile that is built in.
    static func builtIn() throws -> StandardsProfile {
        try RegistryFixture().load().standards
    }

    /// Has the settings name a profile of the site's own: the built-in one with `text` replaced.
    func useStandards(replacing text: String, with replacement: String) throws {
        let standards = try RegistryFixture.standards()
        try #require(standards.contains(text))
        try write(standards.replacingOccurrences(of: text, with: replacement), to: "own.yaml")
        let settings =
            "node: n1\nbroker: {urls: [\"mqtt://127.0.0.1\"]}\nregistry: sites\nstandards: own.yaml\n"
        try write(settings, to: "hazardd.yaml")
    }

    /// One hazard source with this body, in a registry of its own.
    static func hazardSource(_ lines: String) throws -> RegistryFixture {
        let fixture = try RegistryFixture()
        let body = lines.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n")
        try fixture.write(
            "site: shengli\npoints_file: points.csv\nhazard_sources:\n  - source: TF-1\n\(body)\n",
            to: "sites/shengli.yaml")
        return fixture
    }
}
