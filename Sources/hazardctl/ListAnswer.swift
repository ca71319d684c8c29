import Foundation

/// An answer that holds a list, taken apart.
enum ListAnswer {
    /// The members of a list in an object, each as JSON on a line of its own, keys in the order of the alphabet.
    static func members(of object: String, under key: String) throws -> [String] {
        guard
            let parsed = try? JSONSerialization.jsonObject(with: Data(object.utf8)) as? [String: Any],
            let list = parsed[key] as? [Any]
        else { throw CommandFailure("hazardd answers something else than a list of \(key): \(object)") }
        return try list.map {
            let data = try JSONSerialization.data(withJSONObject: $0, options: [.sortedKeys, .withoutEscapingSlashes])
            return String(decoding: data, as: UTF8.self)
        }
    }
}
