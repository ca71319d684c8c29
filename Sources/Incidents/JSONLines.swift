import Foundation

/// The capsule's own files of JSON: one object a line, keys sorted, bytes in base64.
enum JSONLines {
    static func line(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func text(_ values: [some Encodable]) throws -> String {
        try values.map { try line($0) + "\n" }.joined()
    }

    static func read<Value: Decodable>(_ type: Value.Type, _ line: some StringProtocol) throws -> Value {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(type, from: Data(line.utf8))
    }
}
