import Chunks
package import Foundation
package import Registry
import Telemetry

/// A configuration that was applied: what it consisted of, when, by whose doing and why, and what it changed.
package struct ConfigurationVersion: Sendable, Hashable {
    package let version: Int
    package let fingerprint: String
    /// UTC milliseconds.
    package let appliedAt: Int64
    /// `start`, `SIGHUP`, or the user who asked for it; nil for versions that were recorded by their fingerprint alone.
    package let author: String?
    package let reason: String?
    package let changes: Changes?
    package let content: Content?

    /// What is different from the version before, in numbers and, for the first few hundred, in words.
    package struct Changes: Codable, Sendable, Hashable {
        package var pointsAdded: Int
        package var pointsRemoved: Int
        package var pointsChanged: Int
        package var other: Int
        package var lines: [String]

        package var count: Int { pointsAdded + pointsRemoved + pointsChanged + other }

        enum CodingKeys: String, CodingKey {
            case pointsAdded = "points_added"
            case pointsRemoved = "points_removed"
            case pointsChanged = "points_changed"
            case other, lines
        }

        package init(_ diff: ConfigurationDiff) {
            pointsAdded = diff.pointsAdded
            pointsRemoved = diff.pointsRemoved
            pointsChanged = diff.pointsChanged
            other = diff.otherChanges
            lines = diff.lines
        }

        /// SHA-256 of the text that is kept; hexadecimal.
        package var digest: String {
            get throws { Content.digest(of: Array(try RecordText.text(of: self).utf8)) }
        }
    }

    /// Its files in one run of bytes, compressed by zstd.
    package struct Content: Sendable, Hashable {
        /// The uncompressed length.
        package let size: Int
        package let frame: Data
        /// SHA-256 of the uncompressed bytes; hexadecimal.
        package let digest: String

        /// Nil if libzstd fails, which it does for want of memory only.
        package init?(_ files: ConfigurationFiles) {
            let bytes = files.encoded
            guard let frame = Zstd.compress(bytes, level: 6) else { return nil }
            size = bytes.count
            self.frame = Data(frame)
            digest = Content.digest(of: bytes)
        }

        init(size: Int, frame: Data, digest: String) {
            self.size = size
            self.frame = frame
            self.digest = digest
        }

        /// What the files' bytes have for a digest now; nil if they cannot be had.
        package var digestNow: String? { bytes.map { Content.digest(of: $0) } }

        package var files: ConfigurationFiles? { bytes.flatMap { ConfigurationFiles(encoded: $0) } }

        private var bytes: [UInt8]? {
            guard size >= 0, size <= Content.largest else { return nil }
            return Zstd.decompress(Array(frame)[...], to: size)
        }

        /// What a damaged row cannot make a reader allocate.
        private static let largest = 4 << 30

        fileprivate static func digest(of bytes: [UInt8]) -> String {
            var hasher = ChainHasher()
            hasher.add(raw: Data(bytes))
            return hasher.digest.hexadecimal
        }
    }

    package init(
        version: Int, fingerprint: String, appliedAt: Int64, author: String?, reason: String?, changes: Changes?,
        content: Content?
    ) {
        self.version = version
        self.fingerprint = fingerprint
        self.appliedAt = appliedAt
        self.author = author
        self.reason = reason
        self.changes = changes
        self.content = content
    }
}
