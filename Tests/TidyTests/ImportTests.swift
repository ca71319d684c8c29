import Foundation
import Testing

@Suite("Modules depend on each other")
struct ImportTests {
    @Test("only along the allowed arrows")
    func imports() throws {
        let files = try SourceFile.all(in: "Sources")
        try #require(files.count > 20)
        for file in files {
            let allowed = AllowedImports.table[file.module] ?? []
            for found in file.imports where !allowed.contains(found.module) {
                Issue.record("\(file):\(found.line): \(file.module) may not import \(found.module)")
            }
        }
    }

    @Test("as the table says, and every folder of Sources is in it")
    func everyModuleIsInTheTable() throws {
        let sources = SourceFile.root.appending(path: "Sources")
        let folders = try FileManager.default.contentsOfDirectory(
            at: sources, includingPropertiesForKeys: [.isDirectoryKey]
        )
        .filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true }
        .map { $0.lastPathComponent }
        #expect(Set(folders) == Set(AllowedImports.table.keys))
    }

    @Test("and every folder of tests is a target, so that it is built and run")
    func everyTestFolderIsATarget() throws {
        let manifest = try String(contentsOf: SourceFile.root.appending(path: "Package.swift"), encoding: .utf8)
        for module in Set(try SourceFile.all(in: "Tests").map(\.module)) {
            #expect(manifest.contains("name: \"\(module)\""), "Package.swift has no target \(module)")
        }
    }

    @Test("without a circle")
    func noCircle() {
        var remaining = AllowedImports.table
        while let leaf = remaining.first(where: { $0.value.isDisjoint(with: remaining.keys) }) {
            remaining[leaf.key] = nil
        }
        #expect(remaining.isEmpty)
    }
}
