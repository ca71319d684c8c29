import Registry
import Settings
import Testing

@Suite("Faults in point lists")
struct PointListFaultTests {
    @Test(
        "a wrong cell is refused by its column",
        arguments: [
            ("HH", "9.x", "HH"), ("HH", "nan", "HH"), ("low", "-", "low"),
            ("rate_limit,rate_window_s", "-1,5", "rate_limit"),
            ("H,HH", "9,9", "H"), ("L,H", "9,8", "L"), ("LL,HH", "9,8", "LL"), ("LL,L", "2,1", "LL"),
            ("low,high", "5,5", "high"), ("high,HH", "9,10", "HH"), ("low,LL", "0,-1", "LL"),
            ("L,H,deadband", "1,2,1", "deadband"), ("LL,HH,deadband", "1,2,HH=1.5", "deadband"),
            ("deadband", "-1", "deadband"), ("on_delay_s", "-1", "on_delay_s"), ("off_delay_s", "1 2", "off_delay_s"),
            ("on_delay_s", "XX=1", "on_delay_s"), ("on_delay_s", "OFFLINE=1", "on_delay_s"),
            ("on_delay_s", "HH=1 HH=2", "on_delay_s"), ("on_delay_s", "HH=", "on_delay_s"),
            ("stale_after_s", "x", "stale_after_s"), ("kind", "Level", "kind"), ("priority", "urgent", "priority"),
            ("priority", "HH=urgent", "priority"), ("latching", "maybe", "latching"), ("name_en", "a\u{7}b", "name_en"),
        ])
    func wrongCell(columns: String, cells: String, column: String) throws {
        let faults = try RegistryFixture.faults(columns, cells)
        #expect(faults.count == 1, "\(faults)")
        #expect(faults.first?.hasPrefix("sites/points.csv:2: column \(column): ") == true, "\(faults)")
        #expect(faults.first?.contains("; valid: ") == true)
    }

    @Test(
        "a point without a proper name, gateway or tag is refused",
        arguments: [
            (",g,t", "point"), ("a b,g,t", "point"), ("罐,g,t", "point"), ("A,,t", "gateway"), ("A,g/1,t", "gateway"),
            ("A,g+,t", "gateway"), ("A,#,t", "gateway"), ("A,g,", "tag"),
        ])
    func wrongName(row: String, column: String) throws {
        let fixture = try RegistryFixture()
        try fixture.write("point,gateway,tag\n\(row)\n", to: "sites/points.csv")
        let faults = fixture.faults()
        #expect(faults.count == 1)
        #expect(faults.first?.hasPrefix("sites/points.csv:2: column \(column): ") == true, "\(faults)")
    }

    @Test(
        "a wrong header is refused, and names what is valid",
        arguments: [
            ("point,gateway,tag,hh", "column hh is unknown; valid: point, source, gateway"),
            ("point,gateway,tag,", "column number 4 is unknown"), ("point,gateway,tag,H,H", "column H stands twice"),
            ("point,tag", "column gateway is missing"), ("point;gateway;tag", "column point;gateway;tag is unknown"),
        ])
    func wrongHeader(header: String, message: String) throws {
        let fixture = try RegistryFixture()
        try fixture.write(header + "\nA,g,t\n", to: "sites/points.csv")
        #expect(fixture.faults().first?.hasPrefix("sites/points.csv:1: \(message)") == true)
    }

    @Test("rows with missing or surplus cells, or broken quotes, are refused by line")
    func wrongRows() throws {
        let fixture = try RegistryFixture()
        try fixture.write("point,gateway,tag\nA,g\n\nB,g,b,c\n\"C\"x,g,c\nD,g,\"d\n", to: "sites/points.csv")
        let lines = fixture.faults().map { $0.split(separator: ";")[0] }
        #expect(
            lines == [
                "sites/points.csv:2: the row has 2 cells", "sites/points.csv:4: the row has 4 cells",
                "sites/points.csv:5: text follows a closing quote",
                "sites/points.csv:6: a quote is opened and never closed",
            ])
    }

    @Test("byte order mark, CRLF, quotes, blank rows, spaces and a changed column order are accepted")
    func forms() throws {
        let fixture = try RegistryFixture()
        let text = "\u{FEFF}tag, HH ,gateway,point\r\n\"a,\"\"b\"\"\", 9.5 ,g,A\r\n,,,\r\n\r\n\"c\" ,,g,B"
        try fixture.write(text, to: "sites/points.csv")
        let points = try fixture.load().registry.points
        #expect(points.map(\.tag) == ["a,\"b\"", "c"])
        #expect(points.first?.rules.first?.limit == 9.5)
    }

    @Test("a tag mapped in another site's list is refused, naming the first row")
    func tagAcrossSites() throws {
        let fixture = try RegistryFixture()
        try fixture.write("site: west\npoints_file: west.csv", to: "sites/west.yaml")
        try fixture.write("point,gateway,tag\nLT-101,gw1,LT-101\n", to: "sites/west.csv")
        #expect(
            fixture.faults() == [
                "sites/west.csv:2: column tag: \"LT-101\" of gateway gw1 is already mapped at sites/points.csv:2; "
                    + "valid: one point a tag"
            ])
    }

    @Test("a point's source must be one that its site lists, when the site lists any")
    func unknownSource() throws {
        #expect(try RegistryFixture.faults("source", "TF-9").isEmpty)
        let fixture = try RegistryFixture()
        try fixture.write(
            "site: s\nhazard_sources: [{source: TF-1}]\npoints_file: points.csv", to: "sites/shengli.yaml")
        try fixture.write("point,source,gateway,tag\nA,TF-9,g,a\nB,TF-1,g,b\nC,,g,c\n", to: "sites/points.csv")
        let faults = fixture.faults()
        #expect(faults == ["sites/points.csv:2: column source: \"TF-9\" is no hazard source of this site; valid: TF-1"])
    }

    @Test("a list that is not UTF-8 is refused at the line where that shows")
    func notUTF8() throws {
        let fixture = try RegistryFixture()
        try fixture.write(Array("point,gateway,tag\nA,g,".utf8) + [0xBA, 0xC5, 0x0A], to: "sites/points.csv")
        #expect(fixture.faults() == ["sites/points.csv:2: the text is not UTF-8; valid: CSV saved as UTF-8"])
    }

    @Test("after a thousand faults checking stops and says so")
    func limit() throws {
        let fixture = try RegistryFixture()
        let rows = (0..<2_000).map { "P\($0),g,\n" }.joined()
        try fixture.write("point,gateway,tag\n" + rows, to: "sites/points.csv")
        let faults = fixture.faults()
        #expect(faults.count == FaultLog.limit + 1)
        #expect(faults.last?.hasPrefix("sites/points.csv: checking stopped after 1000 faults") == true)
    }
}
