import Foundation
import Registry
import Settings
import TestKit
import Testing

/// A folder of `Tests/Cases`: a configuration, what comes in, and the events that must come out.
struct EngineCase: Sendable, CustomTestStringConvertible {
    let name: String
    let inputs: [CaseInput]
    /// The lines expected, without comments.
    let expected: [String]
    /// Why a restart in between may change the events; nil where it must not.
    let restartChanges: String?
    private let folder: URL

    var testDescription: String { name }

    static let all: [EngineCase] = load()

    private static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Cases")

    /// Every case; one that cannot be read has no input, which its test reports.
    private static func load() -> [EngineCase] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
        return names.sorted().filter { !$0.contains(".") && !["duty", "rules"].contains($0) }.map { name in
            do {
                return try EngineCase(name: name, folder: root.appendingPathComponent(name))
            } catch {
                return EngineCase(
                    name: name, inputs: [], expected: ["\(error)"], restartChanges: "unreadable",
                    folder: root.appendingPathComponent(name))
            }
        }
    }

    private init(name: String, inputs: [CaseInput], expected: [String], restartChanges: String?, folder: URL) {
        self.name = name
        self.inputs = inputs
        self.expected = expected
        self.restartChanges = restartChanges
        self.folder = folder
    }

    private init(name: String, folder: URL) throws {
        var inputs: [CaseInput] = []
        var restartChanges: String?
        let directive = "restart changes: "
        for line in try EngineCase.lines(folder.appendingPathComponent("input.txt")) {
            if line.hasPrefix(directive) {
                restartChanges = String(line.dropFirst(directive.count))
            } else {
                inputs += try CaseInput.read(line)
            }
        }
        let expected = try EngineCase.lines(folder.appendingPathComponent("expected.txt"))
        self.init(name: name, inputs: inputs, expected: expected, restartChanges: restartChanges, folder: folder)
    }

    /// Without comments, empty lines and the spaces that align columns.
    private static func lines(_ file: URL) throws -> [String] {
        let text = try String(contentsOf: file, encoding: .utf8)
        return text.split(separator: "\n").compactMap { line in
            guard !line.hasPrefix("#") else { return nil }
            let words = line.split(separator: " ")
            return words.isEmpty ? nil : words.joined(separator: " ")
        }
    }

    /// An engine at its start, with this case's configuration read as the daemon reads it.
    func harness() throws -> EngineHarness {
        let temporary = try TemporaryFolder("hazardd-case")
        let hasPolicies = FileManager.default.fileExists(atPath: folder.appendingPathComponent("policies.yaml").path)
        var settings = "node: n1\nbroker: {urls: [\"mqtt://127.0.0.1\"]}\nregistry: sites\n"
        if hasPolicies {
            settings += "policies: policies.yaml\n"
            try temporary.write(text("policies.yaml"), to: "policies.yaml")
        }
        if let more = try? text("settings.yaml") { settings += more }
        try temporary.write(settings, to: "hazardd.yaml")
        try temporary.write(text("site.yaml"), to: "sites/site.yaml")
        try temporary.write(text("points.csv"), to: "sites/points.csv")
        let configuration = try Configuration.load(settingsFile: temporary.file("hazardd.yaml"), environment: [:])
        return EngineHarness(
            registry: configuration.registry,
            policies: hasPolicies ? configuration.policies : ["default": EngineHarness.silentPolicy],
            duty: configuration.duty, grades: configuration.escalation.grades, periods: configuration.specialPeriods,
            futureLimit: configuration.settings.clock.futureLimit, lagLimit: configuration.settings.clock.lagLimit)
    }

    private func text(_ file: String) throws -> String {
        try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
    }
}
