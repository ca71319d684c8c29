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
    /// What rules need of points' past (`Watch.kept`), by the points' durable numbers.
    var watches: [Int64: [UInt64]] = [:]

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
        // Snapshots of earlier releases end here.
        guard !reader.isAtEnd else { return }
        for _ in 0..<(try reader.unsigned()) {
            let point = Int64(clamping: try reader.unsigned())
            var words: [UInt64] = []
            for _ in 0..<(try reader.byte()) { words.append(try reader.fixed()) }
            watches[point] = words
        }
    }

    /// The bytes of column `body`.
    static func body(
        samples: [Sample], recentMessages: [UInt64], watches: [(point: Int64, words: [UInt64])]
    ) -> [UInt8] {
        let room = 24 + samples.count * 20 + recentMessages.count * 8 + watches.count * 256
        var writer = ByteWriter(reserving: room)
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
        writer.unsigned(UInt64(watches.count))
        for watch in watches {
            writer.unsigned(UInt64(watch.point))
            writer.byte(UInt8(watch.words.count))
            for word in watch.words { writer.fixed(word) }
        }
        return writer.bytes
    }
}
