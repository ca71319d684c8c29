import Registry
import Store

/// Finds the configurations that a command names by their versions.
struct ConfigVersionArgument {
    let reader: StateReader

    /// - Parameter version: nil for the newest.
    func version(_ version: Int?) throws -> (version: ConfigurationVersion, files: ConfigurationFiles) {
        guard let found = try reader.configurationVersion(version) else {
            throw CommandFailure(
                version.map { "there is no configuration \($0); `hazardctl config` lists them" }
                    ?? "no configuration was applied yet")
        }
        guard let content = found.content else {
            throw CommandFailure(
                "configuration \(found.version) was applied by a hazardd that kept no contents; its fingerprint is "
                    + found.fingerprint)
        }
        guard let files = content.files else {
            throw CommandFailure(
                "the content of configuration \(found.version) is damaged; `hazardctl verify` says more")
        }
        return (found, files)
    }
}
