import Foundation

/// What a backup consists of: `backup.json` in its folder, written last.
package struct BackupManifest: Codable, Sendable, Hashable {
    package struct File: Codable, Sendable, Hashable {
        /// Relative to the folder.
        package var path: String
        package var bytes: Int64
        package var sha256: String
    }

    package static let name = "backup.json"
    static let currentFormat = 1

    package var format = BackupManifest.currentFormat
    package var node: String
    /// RFC 3339.
    package var at: String
    package var lastSequence: Int64
    package var lastJournalRow: Int64
    package var samples: Int64
    package var hasPrivateKeys: Bool
    package var files: [File]

    enum CodingKeys: String, CodingKey {
        case format
        case node
        case at
        case lastSequence = "last_sequence"
        case lastJournalRow = "last_journal_row"
        case samples
        case hasPrivateKeys = "has_private_keys"
        case files
    }

    package var bytes: Int64 { files.reduce(0) { $0 + $1.bytes } }

    func write(to folder: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        try BackupFile.write(try encoder.encode(self) + Data("\n".utf8), to: folder + "/" + BackupManifest.name)
    }

    /// Reads the manifest of a backup.
    package init(folder: String) throws {
        let path = folder + "/" + BackupManifest.name
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw EvidenceError("\(path) is missing: \(folder) is no backup, or one that was not finished")
        }
        do {
            self = try JSONDecoder().decode(BackupManifest.self, from: bytes)
        } catch {
            throw EvidenceError("\(path) is no manifest of a backup: \(error)")
        }
        guard format == BackupManifest.currentFormat else {
            throw EvidenceError("\(path) is of format \(format); this program reads \(BackupManifest.currentFormat)")
        }
        for file in files where !BackupManifest.isAllowed(file.path) {
            throw EvidenceError("\(path) names \(file.path), which is no part of a state directory")
        }
    }

    init(
        node: String, at: String, lastSequence: Int64, lastJournalRow: Int64, samples: Int64, hasPrivateKeys: Bool,
        files: [File]
    ) {
        self.node = node
        self.at = at
        self.lastSequence = lastSequence
        self.lastJournalRow = lastJournalRow
        self.samples = samples
        self.hasPrivateKeys = hasPrivateKeys
        self.files = files
    }

    /// Whether a path names what a state directory has, and nothing outside.
    private static func isAllowed(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        switch parts.count {
        case 1: return path == "hazardd.sqlite" || path == "rollups.sqlite"
        case 2: return ["history", "keys"].contains(parts[0]) && !parts[1].isEmpty && !parts[1].hasPrefix(".")
        default: return false
        }
    }
}
