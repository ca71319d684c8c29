import Foundation
import TestKit
import Testing

extension Spine {
    @Suite("Exported samples")
    struct ExportTests {
        private static let points = [
            PointRow("LT-1", ["unit": "\"m, net\""]), PointRow("PT-1"), PointRow("XV-1", gateway: "gw2"),
        ]
        private static let start: Int64 = 1_760_000_000_000

        /// Values that are hard to write and read, over three days, and some without a value.
        private static var card: String {
            let hard = [
                "0.1", "-0.0", "5e-324", "1.7976931348623157e308", "123456789012345678", "0.30000000000000004", "-2.5",
                "",
                "1e22", "3.333333333333333",
            ]
            var lines = ["point,t_ms,value,quality"]
            for number in 0..<3_000 {
                let quality = [192, 64, 0, 24, 200][number % 5]
                lines.append("LT-1,\(start + Int64(number) * 86_400),\(hard[number % hard.count]),\(quality)")
                lines.append("XV-1,\(start + Int64(number) * 86_400 + Int64(number % 7)),\(Double(number) / 7),192")
            }
            return lines.joined(separator: "\n") + "\n"
        }

        private static func succeed(_ output: CommandOutput) throws -> CommandOutput {
            guard output.code == 0 else { throw TestKitError("\(output)") }
            return output
        }

        @Test("come back bit for bit through a second node, wherever they lie")
        func roundTrip() throws {
            let first = try Deployment(Site(ExportTests.points))
            try first.folder.write(ExportTests.card, to: "card.csv")
            _ = try ExportTests.succeed(first.hazardctl("import", first.folder.file("card.csv")))
            let fromJournal = try ExportTests.succeed(first.hazardctl("export"))
            _ = try ExportTests.succeed(first.hazardctl("compact"))
            // Some again, so that samples lie in sealed files and in the journal.
            try first.folder.write(
                "point,t_ms,value\nPT-1,\(ExportTests.start),7\nLT-1,\(ExportTests.start),7\n", to: "more.csv")
            _ = try ExportTests.succeed(first.hazardctl("import", first.folder.file("more.csv")))
            let file = first.folder.file("export.csv")
            _ = try ExportTests.succeed(first.hazardctl("export", "--out", file))
            let text = try first.folder.read("export.csv")
            #expect(text.split(separator: "\n").count == 6_002)
            #expect(text.replacing("\(Site.name)/PT-1,\(ExportTests.start),7,192\n", with: "") == fromJournal.text)

            let second = try Deployment(Site(ExportTests.points))
            _ = try ExportTests.succeed(second.hazardctl("import", file))
            #expect(try ExportTests.succeed(second.hazardctl("export")).text == text)
            _ = try ExportTests.succeed(second.hazardctl("compact"))
            #expect(try ExportTests.succeed(second.hazardctl("export")).text == text)
            let again = try first.hazardctl("export", "--out", file)
            #expect(again.code == 1 && again.errors.contains("exists already"))
            #expect(try first.folder.read("export.csv") == text)
        }

        @Test("are those asked for, and a name that is none is refused")
        func selection() throws {
            let deployment = try Deployment(Site(ExportTests.points))
            try deployment.folder.write(ExportTests.card, to: "card.csv")
            _ = try ExportTests.succeed(deployment.hazardctl("import", deployment.folder.file("card.csv")))
            let from = "\(ExportTests.start + 86_400)"
            let to = "\(ExportTests.start + 3 * 86_400)"
            for name in ["XV-1", "\(Site.name)/XV-1"] {
                let found = try ExportTests.succeed(deployment.hazardctl("export", name, "--from", from, "--to", to))
                #expect(found.lines.count == 3 && found.lines.dropFirst().allSatisfy { $0.hasPrefix("shengli/XV-1,") })
            }
            #expect(
                try ExportTests.succeed(deployment.hazardctl("export", "shengli/", "--from", from, "--to", to)).lines
                    .count == 6)
            let refused = try deployment.hazardctl("export", "XV-1", "NO-1")
            #expect(refused.code == 1 && refused.errors.contains("NO-1"))
        }

        @Test("as line protocol escape what has to be, as SQLite are one indexed table")
        func otherForms() throws {
            let deployment = try Deployment(Site(ExportTests.points))
            try deployment.folder.write(ExportTests.card, to: "card.csv")
            _ = try ExportTests.succeed(deployment.hazardctl("import", deployment.folder.file("card.csv")))
            let lines = try ExportTests.succeed(deployment.hazardctl("export", "LT-1", "--format", "influx")).lines
            #expect(lines.count == 3_000)
            #expect(
                lines[0] == #"hazard,site=shengli,point=LT-1,unit=m\,\ net value=0.1,quality=192i 1760000000000000000"#)
            #expect(lines[7] == #"hazard,site=shengli,point=LT-1,unit=m\,\ net quality=0i 1760000604800000000"#)
            let file = deployment.folder.file("export.sqlite")
            _ = try ExportTests.succeed(deployment.hazardctl("export", "--format", "sqlite", "--out", file))
            let sql = """
                SELECT count(*), count(value), sum(quality), count(DISTINCT point) FROM sample; SELECT count(*) FROM sample \
                INDEXED BY sample_point WHERE point = 'shengli/XV-1' AND t_ms < \(ExportTests.start + 864_000);
                """
            let child = try ChildProcess("/usr/bin/sqlite3", [file, sql], output: deployment.folder.file("rows"))
            child.wait()
            #expect(child.output == "6000|5700|864000|2\n10\n")
        }
    }
}
