import Foundation

/// Says which day files were removed, and why; their seals stay.
package struct PurgeRecord: Codable, Sendable, Hashable {
    /// A file and the digest its day record bound it to.
    package struct File: Codable, Sendable, Hashable {
        package var file: String
        package var samples: Int64
        package var digest: String

        package init(file: String, samples: Int64, digest: String) {
            self.file = file
            self.samples = samples
            self.digest = digest
        }
    }

    package var files: [File]
    /// `retention` where they were older than `retention.raw_days`, `space` where the disk was filling.
    package var reason: String

    package init(files: [File], reason: String) {
        self.files = files
        self.reason = reason
    }

    package init(body: String) throws {
        self = try JSONDecoder().decode(PurgeRecord.self, from: Data(body.utf8))
    }

    package var record: ChainRecord { get throws { ChainRecord(.purge, body: try RecordText.text(of: self)) } }
}
