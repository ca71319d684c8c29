import Foundation

/// The one way chain records become text. Whoever verifies hashes the text as it is stored, and needs no such rule.
enum RecordText {
    static func text(of record: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(record), as: UTF8.self)
    }
}
