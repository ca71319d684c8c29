import Foundation
package import Settings

/// Finds and reads the rule tests that a command line names.
package enum RuleTestFiles {
    package static let ending = ".test.yaml"

    /// The files of these paths: each file itself, and of a folder all that end in `.test.yaml`, at any depth, by name.
    /// - Returns: nil in place of a path that is not there.
    package static func files(at paths: [String]) -> [(path: String, files: [SourceFile]?)] {
        paths.map { path in
            let file = SourceFile(argument: path)
            var isFolder: ObjCBool = false
            guard unsafe FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder) else {
                return (path, nil)
            }
            guard isFolder.boolValue else { return (path, [file]) }
            let names = FileManager.default.enumerator(atPath: file.path)?.compactMap { $0 as? String } ?? []
            let tests = names.filter { $0.hasSuffix(ending) }.sorted()
            return (path, tests.map { SourceFile(argument: file.path + "/" + $0) })
        }
    }
}
