import Foundation

/// Binds a sealed day file to its content. The chunks of the compactions it names lie in it now, merged.
package struct DayRecord: Codable, Sendable, Hashable {
    /// `YYYY-MM-DD`
    package var day: String
    /// The sealed file's name; empty if all samples were in files sealed before.
    package var file: String
    package var chunks: Int
    package var samples: Int64
    /// Samples left out because an earlier one has the same point and time.
    package var merged: Int64
    /// SHA-256 over the chunks' own hashes, in the order of their ids; hexadecimal.
    package var digest: String
    /// The first journal row of every compaction whose chunks of this day it took in.
    package var compactions: [Int64]

    package init(
        day: String, file: String, chunks: Int, samples: Int64, merged: Int64, digest: String, compactions: [Int64]
    ) {
        self.day = day
        self.file = file
        self.chunks = chunks
        self.samples = samples
        self.merged = merged
        self.digest = digest
        self.compactions = compactions
    }

    package init(body: String) throws {
        self = try JSONDecoder().decode(DayRecord.self, from: Data(body.utf8))
    }

    package var record: ChainRecord { get throws { ChainRecord(.day, body: try RecordText.text(of: self)) } }
}
