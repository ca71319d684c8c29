import Foundation
import Settings
import Telemetry

/// Reads the files of a configuration in a fixed order, all into one log and one fingerprint.
struct ConfigurationLoader {
    let log: FaultLog
    private(set) var fingerprint = Fingerprint()
    /// What the other files' names are told from: the settings file, or the one that stands in for it.
    private var settingsFile: SourceFile?
    /// Handed every file that counts, by its name, in the order of the fingerprint.
    private let keep: (String, [UInt8]) -> Void

    init(log: FaultLog, base: SourceFile? = nil, keep: @escaping (String, [UInt8]) -> Void = { _, _ in }) {
        self.log = log
        self.keep = keep
        settingsFile = base
    }

    mutating func readSettings(_ file: SourceFile, environment: [String: String]) -> Settings? {
        settingsFile = file
        return root(of: file).flatMap { Settings($0, environment: environment) }
    }

    /// - Parameters:
    ///   - path: absolute; nil for the standard policy alone.
    ///   - timeZone: the node's; nil where it is not known.
    mutating func readPolicies(at path: String?, timeZone: String?) -> PolicyFile {
        guard let path, let file = settingsFile?.other(at: path) else { return PolicyFile() }
        return root(of: file).map { PolicyReader.read($0, timeZone: timeZone) } ?? PolicyFile()
    }

    /// The profile that the settings name, or else the one built in; nil when it could not be read.
    mutating func readStandards(_ settings: Settings) -> StandardsProfile? {
        readStandards(at: settings.standardsFile)
    }

    /// - Parameter path: absolute; nil for the profile built in.
    mutating func readStandards(at path: String?) -> StandardsProfile? {
        if let path, let file = settingsFile?.other(at: path) {
            return root(of: file).flatMap { StandardsReader().read($0) }
        }
        let file = SourceFile(builtIn: StandardsProfile.builtInFile)
        return root(of: file, bytes: StandardsProfile.builtInBytes).flatMap { StandardsReader().read($0) }
    }

    /// Who may ask over HTTP. The file takes no part in the fingerprint: it is no rule to go on record.
    func readTokens(_ settings: Settings) -> [AccessToken]? {
        guard let path = settings.http?.tokensFile, let file = settingsFile?.other(at: path) else { return nil }
        return AccessTokenReader.read(file, log: log)
    }

    mutating func readRegistry(
        _ settings: Settings, policies: Set<String>, standards: StandardsProfile?
    ) -> Registry {
        readRegistry(in: settings.registryFolder, policies: policies, standards: standards)
    }

    /// - Parameter folder: absolute.
    mutating func readRegistry(
        in folder: String, policies: Set<String>, standards: StandardsProfile?
    ) -> Registry {
        var builder = RegistryBuilder()
        let reader = SiteReader(policies: policies, standards: standards)
        for file in siteFiles(in: folder) where !log.isFull {
            guard let root = root(of: file), let site = reader.read(root, into: &builder) else { continue }
            let first = builder.registry.points.count
            guard site.pointsFile != nil else {
                builder.settle(site.claims, site: site.site, after: first) { _ in false }
                _ = RedundancyReader.groups(site.redundant, in: []) { _ in false }
                continue
            }
            guard let list = readPoints(of: site, beside: file, standards, into: &builder) else { continue }
            builder.settle(site.claims, site: site.site, after: first) { list.mentions($0) }
            builder.add(
                RedundancyReader.groups(site.redundant, in: builder.registry.points[first...]) { list.mentions($0) })
        }
        return builder.registry
    }

    /// Nil when the site's point list cannot be read.
    private mutating func readPoints(
        of site: SiteReader.Opened, beside file: SourceFile, _ standards: StandardsProfile?,
        into builder: inout RegistryBuilder
    ) -> PointListReader? {
        guard let field = site.pointsFile, let path = field.absolutePath() else { return nil }
        let list = file.other(at: path)
        guard let bytes = list.bytes(for: field, log: log) else { return nil }
        fingerprint.add(name: list.name, bytes: bytes)
        keep(list.name, bytes)
        var points = PointListReader(
            bytes: bytes, file: list, site: site.site, standards: standards,
            deviations: RedundancyReader.carriers(site.redundant), log: log)
        points.read(into: &builder)
        return points
    }

    private mutating func root(of file: SourceFile) -> Field? {
        file.bytes(for: nil, log: log).flatMap { root(of: file, bytes: $0) }
    }

    private mutating func root(of file: SourceFile, bytes: [UInt8]) -> Field? {
        fingerprint.add(name: file.name, bytes: bytes)
        keep(file.name, bytes)
        return Field(document: bytes, file: file, log: log)
    }

    /// Sorted by name, so that positions do not depend on the file system's order.
    private func siteFiles(in folder: String) -> [SourceFile] {
        guard !folder.isEmpty, let settingsFile else { return [] }
        let folderFile = settingsFile.other(at: folder)
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            let message = "the folder cannot be read: \(error.localizedDescription); valid: a readable folder"
            log.add(Fault(file: folderFile.name, line: nil, message: message))
            return []
        }
        let sites = names.filter { !$0.hasPrefix(".") && ($0.hasSuffix(".yaml") || $0.hasSuffix(".yml")) }
        if sites.isEmpty {
            let message = "the registry has no site file; valid: at least one NAME.yaml"
            log.add(Fault(file: folderFile.name, line: nil, message: message))
        }
        return sites.sorted().map { settingsFile.other(at: folder + "/" + $0) }
    }
}
