import Foundation
import GRDB

/// What a start would otherwise read the whole journal for: every point's newest sample and the messages by which
/// a second delivery is recognised, as of one journal row (`schemas/state.md`).
struct Snapshot {
    /// A point's newest sample, by the point's durable number.
    struct Sample {
        var point: Int64
        var time: Int64
        var quality: UInt8
        var epoch: UInt8
        var value: Double
    }

    /// The last journal row it covers.
    var journalID: Int64
    var samples: [Sample]
    /// Hashes, oldest first.
    var recentMessages: [UInt64]

    /// The stored one; nil before the first.
    static func read(_ db: Database) throws -> Snapshot? {
        guard let row = try Row.fetchOne(db, sql: "SELECT journal_id, body FROM snapshot") else { return nil }
        return try Snapshot(journalID: row["journal_id"], body: [UInt8](row["body"] as Data))
    }

    private init(journalID: Int64, body: [UInt8]) throws {
        self.journalID = journalID
        samples = []
        recentMessages = []
        var reader = ByteReader(body)
        for _ in 0..<(try reader.unsigned()) {
            let point = Int64(clamping: try reader.unsigned())
            let time = try reader.signed()
            let quality = try reader.byte()
            let epoch = try reader.byte()
            let value = Double(bitPattern: try reader.fixed())
            samples.append(Sample(point: point, time: time, quality: quality, epoch: epoch, value: value))
        }
        for _ in 0..<(try reader.unsigned()) { recentMessages.append(try reader.fixed()) }
    }

    /// The bytes of column `body`.
    static func body(samples: [Sample], recentMessages: [UInt64]) -> [UInt8] {
        var writer = ByteWriter(reserving: 16 + samples.count * 20 + recentMessages.count * 8)
        writer.unsigned(UInt64(samples.count))
        for sample in samples {
            writer.unsigned(UInt64(sample.point))
            writer.signed(sample.time)
            writer.byte(sample.quality)
            writer.byte(sample.epoch)
            writer.fixed(sample.value.bitPattern)
        }
        writer.unsigned(UInt64(recentMessages.count))
        for hash in recentMessages { writer.fixed(hash) }
        return writer.bytes
    }
}
