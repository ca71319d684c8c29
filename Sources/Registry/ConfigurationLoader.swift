import Foundation
import Settings
import Telemetry

/// Reads the files of a configuration in a fixed order, all into one log and one fingerprint.
struct ConfigurationLoader {
    let log: FaultLog
    private(set) var fingerprint = Fingerprint()
    private var settingsFile: SourceFile?
    /// Handed every file that counts, by its name, in the order of the fingerprint.
    private let keep: (String, [UInt8]) -> Void

    init(log: FaultLog, keep: @escaping (String, [UInt8]) -> Void = { _, _ in }) {
        self.log = log
        self.keep = keep
    }

    mutating func readSettings(_ file: SourceFile, environment: [String: String]) -> Settings? {
        settingsFile = file
        return root(of: file).flatMap { Settings($0, environment: environment) }
    }

    mutating func readPolicies(_ settings: Settings) -> [String: EscalationPolicy] {
        let standard = ["default": EscalationPolicy.standard]
        guard let path = settings.policiesFile, let file = settingsFile?.other(at: path) else { return standard }
        return root(of: file).map { PolicyReader.read($0) } ?? standard
    }

    mutating func readRegistry(_ settings: Settings, policies: Set<String>) -> Registry {
        var builder = RegistryBuilder()
        let reader = SiteReader(policies: policies)
        for file in siteFiles(in: settings.registryFolder) where !log.isFull {
            guard let root = root(of: file), let site = reader.read(root, into: &builder) else { continue }
            guard let field = site.pointsFile, let path = field.absolutePath() else { continue }
            let list = file.other(at: path)
            guard let bytes = list.bytes(for: field, log: log) else { continue }
            fingerprint.add(name: list.name, bytes: bytes)
            keep(list.name, bytes)
            let first = builder.registry.points.count
            var points = PointListReader(
                bytes: bytes, file: list, site: site.site, deviations: RedundancyReader.carriers(site.redundant),
                log: log)
            points.read(into: &builder)
            builder.add(RedundancyReader.groups(site.redundant, in: builder.registry.points[first...]))
        }
        return builder.registry
    }

    private mutating func root(of file: SourceFile) -> Field? {
        guard let bytes = file.bytes(for: nil, log: log) else { return nil }
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
