import Foundation

/// Binds a range of journal rows, which may be deleted afterwards, to what took their place: the chain's links before
/// and after, digests of the events, actions and records in between, and of the chunks that hold the samples now.
package struct CompactionRecord: Codable, Sendable, Hashable {
    /// Chunks one compaction put into one day file.
    package struct Day: Codable, Sendable, Hashable {
        /// The day file's name, such as `2026-11-24.open.sqlite`.
        package var file: String
        package var chunks: Int
        package var samples: Int64
        /// SHA-256 over the chunks' own hashes, in the order of their ids; hexadecimal.
        package var digest: String

        package init(file: String, chunks: Int, samples: Int64, digest: String) {
            self.file = file
            self.chunks = chunks
            self.samples = samples
            self.digest = digest
        }
    }

    /// The first and last journal row, both included.
    package var first: Int64
    package var last: Int64
    /// The chain's link before the first row and after the last; hexadecimal.
    package var before: String
    package var after: String
    /// What the rows held besides samples.
    package var contents: JournalContents
    package var samples: Int64
    /// Samples left out because an earlier one has the same point and time.
    package var merged: Int64
    package var days: [Day]

    package init(
        first: Int64, last: Int64, before: String, after: String, contents: JournalContents, samples: Int64,
        merged: Int64, days: [Day]
    ) {
        self.first = first
        self.last = last
        self.before = before
        self.after = after
        self.contents = contents
        self.samples = samples
        self.merged = merged
        self.days = days
    }

    package init(body: String) throws {
        self = try JSONDecoder().decode(CompactionRecord.self, from: Data(body.utf8))
    }

    package var record: ChainRecord { get throws { ChainRecord(.compaction, body: try RecordText.text(of: self)) } }
}
