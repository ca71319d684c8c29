import ArgumentParser
import Foundation

do {
    var command = try HazardSim.parseAsRoot()
    try command.run()
} catch {
    // The project's code for a command line that cannot be understood is 2, not ArgumentParser's 64.
    guard HazardSim.exitCode(for: error) == .validationFailure else { HazardSim.exit(withError: error) }
    StandardError.say(HazardSim.fullMessage(for: error))
    exit(2)
}
