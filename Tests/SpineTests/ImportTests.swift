import Foundation
import TestKit
import Testing

extension Spine {
    @Suite("Imported samples")
    struct ImportTests {
        private struct Report: Decodable {
            struct Alarm: Decodable, Equatable {
                let point: String
                let condition: String
                let firstRaisedAt: Int64
                let raises: Int
            }
            let read: Int
            let stored: Int
            let alarms: [Alarm]
        }

        private struct Storage: Decodable {
            let samples: Int
        }

        private static let points = [
            PointRow("LT-1", ["H": "8", "deadband": "1"]), PointRow("PT-1"),
            PointRow("GD-1", gateway: "gw2", ["HH": "40"]),
        ]
        /// A point's samples are a second apart, from two days ago on.
        private static let count = 2_000
        private static let start = Spine.now / 86_400_000 * 86_400_000 - 3 * 86_400_000

        private static func value(_ point: String, _ number: Int) -> Double {
            switch point {
            case "LT-1": number / 500 % 2 == 1 ? 9 : 5
            case "PT-1": Double(number) / 3
            default: Double(number % 7)
            }
        }

        /// Three points' samples, in order of time, the last point without its site.
        private static var card: String {
            var lines = ["point,t_ms,value"]
            for number in 0..<count {
                for point in points.map(\.point) {
                    let name = point == "GD-1" ? point : "\(Site.name)/\(point)"
                    lines.append("\(name),\(start + Int64(number) * 1_000),\(value(point, number))")
                }
            }
            return lines.joined(separator: "\n") + "\n"
        }

        private static func importCard(_ deployment: Deployment) throws -> Report {
            let output = try deployment.hazardctl("import", deployment.folder.file("card.csv"), "--format", "json")
            guard output.code == 0 else { throw TestKitError("\(output)") }
            return try EventRecord.decoder.decode(Report.self, from: Data(output.text.utf8))
        }

        private static func expectCard(_ deployment: Deployment) throws {
            for point in points.map(\.point) {
                let found = try deployment.query(point, from: start, to: start + Int64(count) * 1_000)
                let wanted = (0..<count).map { StoredSample(time: start + Int64($0) * 1_000, value: value(point, $0)) }
                #expect(found == wanted, "\(point): \(found.count) samples")
            }
        }

        @Test("through a running daemon raise nothing, disturb no live sample, and are all there")
        func running() async throws {
            let deployment = try Deployment(Site(ImportTests.points))
            try deployment.folder.write(ImportTests.card, to: "card.csv")
            try await deployment.start()
            let gateway = try deployment.publisher()
            var live: [Int64] = []
            for number in 0..<200 {
                let time = max(Spine.now, (live.last ?? 0) + 1)
                live.append(time)
                try gateway.scan(at: time, ["LT-1": 5 + Double(number) / 1_000])
                if number == 100 {
                    let report = try ImportTests.importCard(deployment)
                    #expect(report.read == 6_000 && report.stored == 6_000)
                    let first = ImportTests.start + 500_000
                    #expect(
                        report.alarms == [
                            Report.Alarm(
                                point: "\(Site.name)/LT-1", condition: "H", firstRaisedAt: first, raises: 2)
                        ])
                }
            }
            try gateway.settle()
            try await deployment.until("all is received") { try deployment.status().received == 6_200 }
            let status = try deployment.status()
            #expect(status.addsUp && status.stored == 6_200)
            #expect(try deployment.events().filter { $0.isAlarm && $0.subject.hasPrefix("\(Site.name)/") }.isEmpty)
            #expect(try deployment.alarm("LT-1/H") == nil)
            try ImportTests.expectCard(deployment)
            #expect(try deployment.query("LT-1", from: live[0], to: Spine.now + 9_999).count == 200)
            #expect(deployment.terminate() == 0)
            let verified = try deployment.hazardctl("verify")
            #expect(verified.code == 0, "\(verified)")
        }

        @Test("twice, before and after their days were sealed, are there once")
        func twice() throws {
            let deployment = try Deployment(Site(ImportTests.points))
            try deployment.folder.write(ImportTests.card, to: "card.csv")
            for round in 1...3 {
                #expect(try ImportTests.importCard(deployment).stored == 6_000)
                try ImportTests.expectCard(deployment)
                if round == 1 { continue }
                let compacted = try deployment.hazardctl("compact")
                #expect(compacted.code == 0, "\(compacted)")
                try ImportTests.expectCard(deployment)
                let storage = try deployment.hazardctl("storage", "--format", "json")
                #expect(try EventRecord.decoder.decode(Storage.self, from: Data(storage.text.utf8)).samples == 6_000)
                let verified = try deployment.hazardctl("verify")
                #expect(verified.code == 0, "\(verified)")
            }
            let status = try deployment.status()
            #expect(status.addsUp && status.stored == 18_000)
            let names = try FileManager.default.contentsOfDirectory(atPath: deployment.stateFolder + "/history")
            #expect(names.allSatisfy { !$0.hasSuffix(".new") && !$0.contains(".open.") }, "\(names)")
        }

        @Test("of unknown points are refused before anything is written, or skipped on request")
        func unknown() throws {
            let deployment = try Deployment(Site(ImportTests.points))
            try deployment.folder.write("point,t_ms,value\nPT-1,5,1\nNO-1,5,1\nNO-1,6,1\n", to: "card.csv")
            let refused = try deployment.hazardctl("import", deployment.folder.file("card.csv"))
            #expect(refused.code == 1 && refused.errors.contains("NO-1: unknown, 2 samples"), "\(refused)")
            #expect(!FileManager.default.fileExists(atPath: deployment.stateFolder + "/hazardd.sqlite"))
            let taken = try deployment.hazardctl("import", deployment.folder.file("card.csv"), "--skip-unknown")
            #expect(taken.code == 0 && taken.text.contains("unknown: NO-1, 2 samples"), "\(taken)")
            #expect(try deployment.query("PT-1", from: 0, to: 9).map(\.value) == [1])
        }
    }
}
