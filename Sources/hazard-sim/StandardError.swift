import Foundation

/// Where complaints go.
enum StandardError {
    static func say(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
    }
}
