import Foundation
import Testing

@Suite("Documents keep up with the code")
struct DocumentTests {
    private static func read(_ path: String) throws -> String {
        try String(contentsOf: SourceFile.root.appending(path: path), encoding: .utf8)
    }

    @Test("the runbook has every log identifier at warning or above")
    func runbook() throws {
        let runbook = try DocumentTests.read("deploy/RUNBOOK.md")
        let call = /logger\.(?:warning|error|critical)\(\s*"(?<id>[^":\\]+)/
        var found = 0
        for file in try SourceFile.all(in: "Sources") {
            for match in file.code.joined(separator: "\n").matches(of: call) {
                found += 1
                #expect(runbook.contains("`\(match.id)`"), "\(file): \(match.id)")
            }
        }
        #expect(found > 15)
    }

    @Test("every log line begins with a stable identifier and a colon")
    func identifiers() throws {
        let call = /logger\.(?:info|notice|warning|error|critical)\(\s*"(?<text>[^"]*)/
        for file in try SourceFile.all(in: "Sources")
        where file.module != "OperatorAPI" || !file.path.contains("Problem") {
            for match in file.code.joined(separator: "\n").matches(of: call) {
                let id = match.text.prefix { $0 != ":" }
                let isStable = !id.isEmpty && id.allSatisfy { $0.isLowercase || $0 == "-" }
                #expect(isStable, "\(file): \(match.text)")
            }
        }
    }

    @Test("schemas/metrics.md has every metric, and no other")
    func metrics() throws {
        let document = try DocumentTests.read("schemas/metrics.md")
        let code = try DocumentTests.read("Sources/OperatorAPI/MetricsPage.swift")
        let served = Set(code.matches(of: /"((?:hazardd|process)_[a-z_]+)"/).map { String($0.1) })
        let described = Set(document.matches(of: /`((?:hazardd|process)_[a-z_]+)(?:\{[a-z]+\})?`/).map { String($0.1) })
        #expect(served.count > 25)
        #expect(served == described)
    }

    @Test("schemas/openapi.yaml has every route")
    func routes() throws {
        let document = try DocumentTests.read("schemas/openapi.yaml")
        var found = 0
        for file in try SourceFile.all(in: "Sources") where file.module == "OperatorAPI" {
            for match in file.code.joined(separator: "\n").matches(of: /router\.(?:get|put|post)\("([^"\\]+)/) {
                found += 1
                let path = match.1.replacing(/:([a-z]+)/) { "{\($0.1)}" }
                #expect(document.contains("  /\(path)"), "\(file): \(path)")
            }
        }
        #expect(found >= 6)
    }

    @Test("alert rules and dashboard speak of metrics that exist")
    func monitoring() throws {
        let document = try DocumentTests.read("schemas/metrics.md")
        for path in ["deploy/monitoring/hazardd.rules.yml", "deploy/monitoring/hazardd.dashboard.json"] {
            for match in try DocumentTests.read(path).matches(of: /(?:hazardd|process)_[a-z_]+/) {
                let name = String(match.0).replacing(/_(bucket|sum|count)$/, with: "")
                #expect(document.contains("`\(name)"), "\(path): \(match.0)")
            }
        }
    }

    @Test("the service may make every system call by which its threads stand back")
    func threadCalls() throws {
        let code = try DocumentTests.read("Sources/CLinux/CLinux.c")
        let filters = try DocumentTests.read("deploy/systemd/hazardd.service").split(separator: "\n")
            .filter { $0.hasPrefix("SystemCallFilter=") }
        let last = try #require(filters.lastIndex { $0.contains("~") && $0.contains("@resources") })
        let allowed = Set(filters[(last + 1)...].flatMap { $0.dropFirst(17).split(separator: " ") })
        let calls = Set(code.matches(of: /\b(?:SYS_)?(setpriority|sched_[gs]et[a-z]+)\b/).map(\.1))
        #expect(calls.count == 4)
        #expect(calls.isSubset(of: allowed), "\(calls.subtracting(allowed))")
    }
}
