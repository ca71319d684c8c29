import Foundation
import TestKit
import Testing

extension Spine {
    @Suite("A backup")
    struct BackupTests {
        private static func succeed(_ output: CommandOutput) throws {
            guard output.code == 0 else { throw TestKitError("\(output)") }
        }

        private static func names(_ folder: String) throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        }

        @Test(
            "made under load, while history is compacted and sealed, restores to a state that verifies and lacks nothing"
        )
        func underLoad() async throws {
            let deployment = try Deployment(Site(NumberedTelemetry.points))
            // Days that can be sealed, again and again.
            try await deployment.start()
            let telemetry = NumberedTelemetry(try deployment.publisher())
            var backups: [(folder: String, samples: [StoredSample])] = []
            for round in 0..<4 {
                try deployment.folder.write(BackupTests.oldDay(round), to: "old.csv")
                try BackupTests.succeed(deployment.hazardctl("import", deployment.folder.file("old.csv")))
                for _ in 0..<200 { try telemetry.publishNext() }
                try telemetry.client.settle()
                let acknowledged = telemetry.acknowledgedSamples("PT-1")
                let folder = deployment.folder.file("backup-\(round)")
                let compaction = try ChildProcess(
                    try ProductsFolder.executable("hazardctl"), ["compact", "--config", deployment.settingsFile],
                    output: deployment.folder.file("compact.log"))
                try BackupTests.succeed(deployment.hazardctl("backup", folder))
                backups.append((folder, acknowledged))
                for _ in 0..<50 { try telemetry.publishNext() }
                #expect(compaction.wait(timeout: .seconds(30)) == 0)
            }
            try telemetry.client.settle()
            #expect(deployment.terminate() == 0)
            for backup in backups {
                try BackupTests.succeed(deployment.hazardctl("restore", backup.folder, "--replace"))
                try BackupTests.succeed(deployment.hazardctl("verify"))
                let found = Set(try deployment.query("PT-1", from: telemetry.times[0], to: .max))
                #expect(backup.samples.count > 100 && found.isSuperset(of: backup.samples))
            }
            // The node works on from there.
            try await deployment.start()
            for _ in 0..<50 { try telemetry.publishNext() }
            try telemetry.client.settle()
            try BackupTests.succeed(deployment.hazardctl("compact"))
            #expect(deployment.terminate() == 0)
            try BackupTests.succeed(deployment.hazardctl("verify"))
            let found = Set(try deployment.query("PT-1", from: telemetry.times[0], to: .max))
            #expect(found.isSuperset(of: telemetry.acknowledgedSamples("PT-1").suffix(50)))
        }

        /// Samples of the same day of the past, each round others.
        private static func oldDay(_ round: Int) -> String {
            let lines = (0..<5_000).map { "PT-1,\(1_760_000_000_000 + Int64($0) * 1_000 + Int64(round)),\($0)" }
            return "point,t_ms,value\n" + lines.joined(separator: "\n") + "\n"
        }

        @Test("has private keys only on request, and refuses a folder that is not empty")
        func keys() throws {
            let deployment = try Deployment(Site([PointRow("PT-1")]))
            try deployment.folder.write(BackupTests.oldDay(0), to: "old.csv")
            try BackupTests.succeed(deployment.hazardctl("import", deployment.folder.file("old.csv")))
            let plain = deployment.folder.file("plain")
            try BackupTests.succeed(deployment.hazardctl("backup", plain))
            #expect(try BackupTests.names(plain + "/keys").allSatisfy { $0.hasSuffix(".pub.pem") })
            let whole = deployment.folder.file("whole")
            let output = try deployment.hazardctl("backup", whole, "--with-keys")
            #expect(output.code == 0 && output.text.contains("private signing keys are in it"))
            let key = try #require(try BackupTests.names(whole + "/keys").first { $0.hasSuffix(".key") })
            let attributes = try FileManager.default.attributesOfItem(atPath: whole + "/keys/" + key)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            let again = try deployment.hazardctl("backup", plain)
            #expect(again.code == 1 && again.errors.contains("not empty"), "\(again)")
        }

        @Test("that was changed is not restored, nor one over a state or a running daemon")
        func refusals() async throws {
            let deployment = try Deployment(Site([PointRow("PT-1")]))
            try deployment.folder.write(BackupTests.oldDay(0), to: "old.csv")
            try BackupTests.succeed(deployment.hazardctl("import", deployment.folder.file("old.csv")))
            try BackupTests.succeed(deployment.hazardctl("compact"))
            let backup = deployment.folder.file("backup")
            try BackupTests.succeed(deployment.hazardctl("backup", backup))
            let state = try deployment.hazardctl("restore", backup)
            #expect(state.code == 1 && state.errors.contains("--replace"), "\(state)")
            try await deployment.start()
            let running = try deployment.hazardctl("restore", backup, "--replace")
            #expect(running.code == 69 && running.errors.contains("in use by hazardd"), "\(running)")
            #expect(deployment.terminate() == 0)
            let file = backup + "/history/" + (try #require(try BackupTests.names(backup + "/history").first))
            let bytes = try #require(FileManager.default.contents(atPath: file))
            var changed = bytes
            changed[changed.count / 2] ^= 1
            try changed.write(to: URL(filePath: file))
            let refused = try deployment.hazardctl("restore", backup, "--replace")
            #expect(refused.code == 3 && refused.errors.contains(file), "\(refused)")
            #expect(try BackupTests.names(deployment.folder.file("")).allSatisfy { !$0.contains("replaced") })
            try bytes.write(to: URL(filePath: file))
            try BackupTests.succeed(deployment.hazardctl("restore", backup, "--replace"))
            #expect(try BackupTests.names(deployment.folder.file("")).contains { $0.hasPrefix("state.replaced-") })
            #expect(try deployment.query("PT-1", from: 0, to: 1_770_000_000_000).count == 5_000)
        }
    }
}
