import Registry
import Telemetry
import Testing

@Suite("Alarm rules of a point list")
struct PointRuleTests {
    @Test("one priority word sets HH and LL, and the others follow one or two lower")
    func priorityWord() throws {
        let cells = "0,10,1,2,8,9"
        let columns = "low,high,LL,L,H,HH,priority"
        let expected: [(String, [Priority])] = [
            ("", [.high, .medium, .medium, .high, .low, .low, .low]),
            ("critical", [.critical, .high, .high, .critical, .medium, .medium, .medium]),
            ("low", [.low, .low, .low, .low, .low, .low, .low]),
        ]
        for (word, priorities) in expected {
            let point = try RegistryFixture.point(columns, cells + "," + word)
            #expect(point?.rules.map(\.priority) == priorities, "\(word)")
        }
    }

    @Test("a priority named for a condition holds exactly there, and the rest follow the default word")
    func priorityPerCondition() throws {
        let point = try RegistryFixture.point("H,HH,priority", "8,9,H=critical STALE=high")
        #expect(point?.rules.map(\.condition) == [.highHigh, .high, .stale, .bad])
        #expect(point?.rules.map(\.priority) == [.high, .critical, .high, .low])
        let mixed = try RegistryFixture.point("H,HH,priority", "8,9,critical H=low")
        #expect(mixed?.rules.map(\.priority) == [.critical, .low, .medium, .medium])
    }

    @Test("delays and deadband without a condition hold for the limits only")
    func delays() throws {
        let point = try RegistryFixture.point("low,HH,deadband,on_delay_s,off_delay_s", "0,9,0.5,3,0.25 RANGE=7")
        #expect(point?.rules.map(\.condition) == [.highHigh, .stale, .bad, .range])
        #expect(point?.rules.map(\.deadband) == [0.5, 0, 0, 0])
        #expect(point?.rules.map(\.onDelay) == [3_000, 0, 0, 0])
        #expect(point?.rules.map(\.offDelay) == [250, 0, 0, 7_000])
        let named = try RegistryFixture.point("H,HH,on_delay_s", "8,9,HH=5  BAD=10")
        #expect(named?.rules.map(\.onDelay) == [5_000, 0, 0, 10_000])
    }

    @Test("RATE takes a limit and a window, FLATLINE a time; their priorities are one and two lower")
    func overTime() throws {
        let columns = "rate_limit,rate_window_s,flatline_after_s,priority,deadband,on_delay_s"
        let point = try #require(
            try RegistryFixture.point(columns, "1.5,60,300,critical,RATE=0.5 0.1,RATE=2 FLATLINE=3 9"))
        let rate = try #require(point.rule(.rate))
        #expect(rate.limit == 1.5 && rate.window == 60_000 && rate.priority == .high)
        #expect(rate.deadband == 0.5 && rate.onDelay == 2_000)
        let flatline = try #require(point.rule(.flatline))
        #expect(flatline.window == 300_000 && flatline.priority == .medium && flatline.onDelay == 3_000)
        for (cells, column) in [("1,,,,,", "rate_window_s"), ("0,60,,,,", "rate_limit"), (",60,,,,", "rate_window_s")] {
            let faults = try RegistryFixture.faults(columns, cells)
            #expect(faults.count == 1 && faults[0].contains("column \(column): "), "\(faults)")
        }
    }

    @Test("latching takes yes and no words, for the limits or per condition")
    func latching() throws {
        for word in ["yes", "true", "1", "YES"] {
            #expect(
                try RegistryFixture.point("H,latching", "8,\(word)")?.rules.map(\.latching) == [true, false, false])
        }
        for word in ["no", "false", "0", ""] {
            #expect(try RegistryFixture.point("H,latching", "8,\(word)")?.rules.contains(where: \.latching) == false)
        }
        let point = try RegistryFixture.point("H,HH,latching", "8,9,HH=yes BAD=1")
        #expect(point?.rules.map(\.latching) == [true, false, false, true])
    }

    @Test(
        "the stale time follows the kind, unless the row says otherwise",
        arguments: [
            ("level,", 30_000), ("gas_combustible,", 30_000), ("gas_toxic,", 30_000), ("oxygen,", 120_000),
            (",", 120_000), ("switch,", 120_000), ("level,2.5", 2_500), ("level,0", 0),
        ] as [(String, Int64)])
    func staleTime(cells: String, milliseconds: Int64) throws {
        let point = try RegistryFixture.point("kind,stale_after_s", cells)
        #expect(point?.staleAfter == milliseconds)
        #expect(point?.rules.contains { $0.condition == .stale } == (milliseconds > 0))
    }

    @Test("a row that repeats the cells of the row before gets the same rules")
    func repeatedCells() throws {
        let fixture = try RegistryFixture()
        try fixture.write(
            """
            point,gateway,tag,kind,unit,H,HH,on_delay_s,priority,latching
            A,g,a,level,m,8,9,HH=5,critical,yes
            B,g,b,level,m,8,9,HH=5,critical,yes
            C,g,c,flow,l,8,9,HH=6,medium,yes
            """, to: "sites/points.csv")
        let points = try fixture.load().registry.points
        #expect(points[0].rules == points[1].rules)
        #expect(points.map(\.unit) == ["m", "m", "l"] && points.map(\.kind) == [.level, .level, .flow])
        #expect(points[2].rules.first?.onDelay == 6_000 && points[2].rules.first?.priority == .medium)
    }
}
