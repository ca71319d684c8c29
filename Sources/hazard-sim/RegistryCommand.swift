import ArgumentParser
import Foundation
import Simulation

/// `hazard-sim registry`: writes the configuration that fits what `hazard-sim run` sends.
struct RegistryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "registry",
        abstract: "Write the site files and point lists of the simulated farm, as hazardd's registry folder.")

    @Option(
        help: ArgumentHelp(
            "The folder to write to; made if missing, files of the same name are replaced.", valueName: "folder"))
    var out: String

    @Option(help: "Sites, each with one gateway.")
    var sites = 1

    @Option(help: "Points of each site.")
    var points = 50

    func run() throws {
        let plan: FarmPlan
        do {
            plan = try FarmPlan(sites: sites, pointsPerSite: points)
        } catch {
            throw ValidationError(error.description)
        }
        let folder = URL(filePath: out, directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for file in plan.registryFiles() {
            try file.text.write(to: folder.appending(path: file.name), atomically: true, encoding: .utf8)
        }
        print("wrote \(sites) sites with \(points) points each to \(out)")
    }
}
