import Foundation
import Testing

/// A Swift file of the package, as the tidy rules see it.
struct SourceFile: CustomStringConvertible {
    /// From the package's root: `Sources/Store/Journal.swift`.
    let path: String
    /// Line by line, without what follows `//`.
    let code: [String]

    var description: String { path }
    /// The folder under `Sources` or `Tests`.
    var module: String { path.split(separator: "/").dropFirst().first.map { String($0) } ?? "" }

    /// The package's root folder.
    static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Every Swift file below a folder of the root.
    static func all(in folder: String) throws -> [SourceFile] {
        let top = root.appending(path: folder)
        let names = try #require(FileManager.default.enumerator(atPath: top.path(percentEncoded: false)))
        let paths = names.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.sorted()
        return try paths.map { path in
            let text = try String(contentsOf: top.appending(path: path), encoding: .utf8)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            return SourceFile(path: "\(folder)/\(path)", code: lines.map { withoutComment($0) })
        }
    }

    /// The modules a file imports, each with its line number.
    var imports: [(line: Int, module: String)] {
        code.enumerated().compactMap { number, line in
            let words = line.split(separator: " ").map { String($0) }
            guard let place = words.firstIndex(of: "import"), words.indices.contains(place + 1) else { return nil }
            let isStatement = words[..<place].allSatisfy {
                ["package", "public", "internal", "private", "fileprivate"].contains($0) || $0.hasPrefix("@")
            }
            let kinds = ["struct", "class", "enum", "protocol", "typealias", "func", "var", "let"]
            let name = kinds.contains(words[place + 1]) ? words.dropFirst(place + 2).first : words[place + 1]
            guard isStatement, let name else { return nil }
            return (number + 1, String(name.prefix { $0 != "." }))
        }
    }

    private static func withoutComment(_ line: Substring) -> String {
        guard let comment = line.range(of: "//"), !line[..<comment.lowerBound].hasSuffix(":") else {
            return String(line)
        }
        return String(line[..<comment.lowerBound])
    }
}
