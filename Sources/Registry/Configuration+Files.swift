package import Settings

extension Configuration {
    /// Reads a configuration together with the files that it consists of.
    package static func loadWithFiles(
        settingsFile: String, environment: [String: String]
    ) throws(ConfigurationRejected) -> (configuration: Configuration, files: ConfigurationFiles) {
        var files = ConfigurationFiles()
        let configuration = try load(settingsFile: settingsFile, environment: environment) { name, bytes in
            files.add(name: name, bytes: bytes)
        }
        return (configuration, files)
    }
}
