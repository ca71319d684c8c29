import Foundation
import Registry
import Testing

@Suite("A configuration's files")
struct ConfigurationFilesTests {
    private static func files() -> ConfigurationFiles {
        var files = ConfigurationFiles()
        files.add(name: "hazardd.yaml", bytes: Array("node: n1\n".utf8))
        files.add(name: "sites/罐区.csv", bytes: [])
        files.add(name: "/elsewhere/policies.yaml", bytes: [0, 255, 10])
        return files
    }

    @Test("come back byte for byte from one run of bytes")
    func roundTrip() throws {
        let files = ConfigurationFilesTests.files()
        #expect(ConfigurationFiles(encoded: files.encoded) == files)
        #expect(ConfigurationFiles(encoded: ConfigurationFiles().encoded) == ConfigurationFiles())
        #expect(Array(files.encoded.prefix(17)) == [3, 0, 0, 0, 0, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0x68])
    }

    @Test("are not read out of anything else, however it is cut or changed")
    func hostile() {
        let bytes = ConfigurationFilesTests.files().encoded
        for length in 0..<bytes.count { #expect(ConfigurationFiles(encoded: Array(bytes.prefix(length))) == nil) }
        #expect(ConfigurationFiles(encoded: bytes + [0]) == nil)
        for place in 0..<8 {
            var changed = bytes
            changed[place] = 0xFF
            #expect(ConfigurationFiles(encoded: changed) == nil)
        }
    }

    @Test("are those that the fingerprint covers, in the order read")
    func loaded() throws {
        let fixture = try RegistryFixture()
        let loaded = try Configuration.loadWithFiles(
            settingsFile: fixture.folder.appendingPathComponent("hazardd.yaml").path, environment: [:])
        #expect(
            Set(loaded.files.files.map(\.name)).isSuperset(of: [
                "hazardd.yaml", "sites/shengli.yaml", "sites/points.csv",
            ]))
        #expect(loaded.files.files.first?.name == "hazardd.yaml")
        let fresh = try fixture.load()
        #expect(loaded.configuration.fingerprint == fresh.fingerprint)
    }
}
