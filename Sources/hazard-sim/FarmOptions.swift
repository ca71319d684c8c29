import ArgumentParser
import Simulation

/// The size and pace of the simulated farm.
struct FarmOptions: ParsableArguments {
    @Option(help: "Sites, each with one gateway.")
    var sites = 1

    @Option(help: "Points of each site.")
    var points = 50

    @Option(help: "Samples a second of each point.")
    var rate: Double?

    @Option(help: "Samples a second of all points together, instead of --rate; with few points each is read often.")
    var samplesPerSecond: Double?

    @Option(help: "The most samples in a message.")
    var batch = 50

    @Option(help: "The same seed gives the same farm.")
    var seed: UInt64 = 7

    func plan() throws -> FarmPlan {
        if rate != nil, samplesPerSecond != nil {
            throw ValidationError("--rate and --samples-per-second say the same thing; give one of them")
        }
        let together = samplesPerSecond.map { $0 / Double(max(1, sites) * max(1, points)) }
        do {
            return try FarmPlan(
                sites: sites, pointsPerSite: points, rate: together ?? rate ?? 1, batch: batch, seed: seed)
        } catch {
            throw ValidationError(error.description)
        }
    }
}
