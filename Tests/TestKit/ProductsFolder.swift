import Foundation

/// Where the built executables are, for tests that run them.
package enum ProductsFolder {
    /// HAZARDD_PRODUCTS if set; else the folder this test was built into; else the package's newest build.
    package static var path: String {
        if let given = ProcessInfo.processInfo.environment["HAZARDD_PRODUCTS"], !given.isEmpty {
            return given
        }
        let beside = CommandLine.arguments.flatMap { ancestors(of: $0) }
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        let candidates = beside + ["\(root)/.build/release", "\(root)/.build/debug"]
        return candidates.first { holdsDaemon($0) } ?? "\(root)/.build/release"
    }

    /// The path of an executable. Throws where it is not built.
    package static func executable(_ name: String) throws -> String {
        let file = "\(path)/\(name)"
        guard FileManager.default.isExecutableFile(atPath: file) else {
            throw TestKitError("\(name) is not built in \(path); build it first, or set HAZARDD_PRODUCTS to its folder")
        }
        return file
    }

    private static func holdsDaemon(_ folder: String) -> Bool {
        FileManager.default.isExecutableFile(atPath: "\(folder)/hazardd")
    }

    /// The folders above a path, nearest first. The test bundle or its runner lies beside the products.
    private static func ancestors(of path: String) -> [String] {
        guard path.hasPrefix("/") else { return [] }
        var url = URL(fileURLWithPath: path)
        var folders: [String] = []
        while url.path.count > 1, folders.count < 6 {
            url.deleteLastPathComponent()
            folders.append(url.path)
        }
        return folders
    }
}
