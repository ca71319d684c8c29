import Dispatch
import Foundation
import Settings
import Synchronization
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
        var files = siteFiles(in: folder)[...]
        while !files.isEmpty, !log.isFull {
            for draft in ConfigurationLoader.read(files.prefix(ConfigurationLoader.atOnce), reader) where !log.isFull {
                for file in draft.files {
                    fingerprint.add(name: file.name, bytes: file.bytes)
                    keep(file.name, file.bytes)
                }
                builder.add(draft.builder, log: draft.log)
                log.add(draft.log)
            }
            files = files.dropFirst(ConfigurationLoader.atOnce)
        }
        return builder.registry
    }

    /// Site files read before what is in them is taken in. A bound on memory: what was read of a file is there twice until
    /// it is taken in.
    private static let atOnce = 32

    /// Reads site files side by side; what is returned has their order.
    private static func read(_ files: ArraySlice<SourceFile>, _ reader: SiteReader) -> [SiteDraft] {
        let drafts = Mutex([SiteDraft?](repeating: nil, count: files.count))
        DispatchQueue.concurrentPerform(iterations: files.count) { place in
            let draft = SiteDraft(files[files.startIndex + place], reader)
            drafts.withLock { $0[place] = draft }
        }
        return drafts.withLock { $0.compactMap { $0 } }
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
