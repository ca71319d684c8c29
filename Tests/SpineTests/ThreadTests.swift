import Foundation
import TestKit
import Testing

extension Spine {
    @Suite("Threads beside each other")
    struct ThreadTests {
        /// One thread as the kernel's scheduler has it.
        private struct Standing {
            let name: String
            /// 120 for a usual thread, one more for each step of niceness.
            let priority: Int
            /// Nanoseconds of a turn; nil where the kernel does not tell.
            let turn: Int?

            init?(_ folder: String) {
                guard let name = try? String(contentsOfFile: folder + "/comm", encoding: .utf8),
                    let text = try? String(contentsOfFile: folder + "/sched", encoding: .utf8)
                else { return nil }
                func figure(_ key: String) -> Int? {
                    let line = text.split(separator: "\n").first { $0.hasPrefix(key + " ") }
                    return line?.split(separator: ":").last.flatMap { Int($0.drop { $0 == " " }) }
                }
                guard let priority = figure("prio") else { return nil }
                self.name = name.trimmingCharacters(in: .newlines)
                self.priority = priority
                turn = figure("se.slice")
            }
        }

        private static func hasTurnsOfTheirOwn() throws -> Bool {
            let release = try String(contentsOfFile: "/proc/sys/kernel/osrelease", encoding: .utf8)
            let numbers = release.split { !$0.isNumber }.prefix(2).compactMap { Int($0) }
            return numbers.count == 2 && (numbers[0], numbers[1]) >= (6, 12)
        }

        @Test("an alarm's own begin at once, and those that answer requests step back")
        func standing() async throws {
            let deployment = try Deployment(Site([PointRow("PT-1")]))
            try await deployment.start()
            let folder = "/proc/\(try #require(deployment.daemon).pid)/task"
            var threads: [Standing] = []
            try await deployment.until("all threads are named") {
                threads = try FileManager.default.contentsOfDirectory(atPath: folder).compactMap {
                    Standing(folder + "/" + $0)
                }
                return Set(threads.map(\.name)).isSuperset(of: ["pipeline", "feed", "control"])
            }
            let usual = try #require(Standing("/proc/self"))
            let knowsTurns = try ThreadTests.hasTurnsOfTheirOwn() && usual.turn != nil
            if !knowsTurns { print("how long turns are is not looked at: Linux before 6.12 has all alike") }
            for name in ["pipeline", "feed"] {
                // Threads that one brings into being have its name, and usual turns.
                let found = threads.filter { $0.name == name }
                #expect(found.allSatisfy { $0.priority == usual.priority }, "\(found)")
                guard knowsTurns, let usualTurn = usual.turn else { continue }
                #expect(found.contains { $0.turn.map { $0 < usualTurn } ?? false }, "\(found)")
            }
            for thread in threads where thread.name == "control" {
                #expect(thread.priority == usual.priority + 5, "\(thread)")
            }
        }
    }
}
