import Foundation
import Registry
import Settings
import Testing

@Suite("Operator positions in site files")
struct PositionTests {
    @Test("are named for a hazard source, by any text that may stand in a topic; without effect on the rest")
    func named() throws {
        let fixture = try RegistryFixture()
        try fixture.write(
            "site: shengli\nhazard_sources: [{source: TF-1, position: 主控室}, {source: TF-2}]\npoints_file: points.csv\n",
            to: "sites/shengli.yaml")
        let registry = try fixture.load().registry
        #expect(registry.sites.first?.hazardSources.map(\.position) == ["主控室", nil])
    }
}
