import Decoding
import Foundation
import Testing

@Suite("A file of samples")
struct SampleTextTests {
    private static let latest: Int64 = 2_000_000_000_000

    private static func read(
        _ text: String, piece: Int = .max
    ) throws -> (reader: SampleTextReader, samples: [SampleTextReader.Sample]) {
        var reader = SampleTextReader(latest: latest)
        var samples: [SampleTextReader.Sample] = []
        let bytes = Array(text.utf8)
        var start = 0
        while start < bytes.count {
            let end = bytes.count - start <= piece ? bytes.count : start + piece
            let part = Array(bytes[start..<end])
            try reader.read(part.span, into: &samples)
            start = end
        }
        try reader.finish(into: &samples)
        return (reader, samples)
    }

    @Test("is read with any order of columns, line ending, quotes, spaces and mark", arguments: [1, 3, 7, .max])
    func forms(piece: Int) throws {
        let text =
            "\u{FEFF}quality, value ,t_ms,\"point\"\r\n192,1.5,5,A\r\n,2,6,\"s/B\"\n\n 64 ,\"3\", 7 , A \t\r\n0,,8,s/B"
        let (reader, samples) = try SampleTextTests.read(text, piece: piece)
        #expect(samples.map(\.time) == [5, 6, 7, 8])
        #expect(samples.map { reader.names[Int($0.name)] } == ["A", "s/B", "A", "s/B"])
        #expect(samples.map(\.quality) == [192, 192, 64, 0])
        #expect(samples.prefix(3).map(\.value) == [1.5, 2, 3])
        #expect(samples[3].value.isNaN)
        #expect(reader.faults.total == 0)
    }

    @Test("an empty value is bad, whatever quality stands beside it, and keeps a bad one")
    func missing() throws {
        let (_, samples) = try SampleTextTests.read("point,t_ms,value,quality\nA,1,,192\nA,2,,24\nA,3,,\nA,4,,64\n")
        #expect(samples.map(\.quality) == [0, 24, 0, 0])
        #expect(samples.allSatisfy { $0.value.isNaN })
    }

    @Test(
        "lines that cannot be read are refused with their number",
        arguments: [
            ("A,1,nan", SampleFaults.Reason.value), ("A,1,inf", .value), ("A,1,-Infinity", .value),
            ("A,1,0x1p3", .value),
            ("A,1,1e", .value), ("A,1,1.2.3", .value), ("A,1,.", .value), ("A,1,+", .value), ("A,1,1 2", .value),
            ("A,1,1e400", .range), ("A,1,-1e309", .range), ("A,-1,1", .time), ("A,1.5,1", .time), ("A,,1", .time),
            ("A,99999999999999999999,1", .time), ("A,2000000000001,1", .time), (",1,1", .point), ("A,1", .cells),
            ("A,1,1,192", .cells), ("\"A,1,1", .cells), ("\"A\"x,1,1", .cells),
        ])
    func faults(line: String, reason: SampleFaults.Reason) throws {
        let (reader, samples) = try SampleTextTests.read("point,t_ms,value\nA,1,1\n\(line)\nA,2,2\n")
        #expect(samples.map(\.time) == [1, 2])
        #expect(reader.faults.counts == [reason: 1])
        #expect(reader.faults.listed.map(\.line) == [3])
    }

    @Test("a quality is a whole number of one byte", arguments: ["256", "-1", "1.0", "good"])
    func quality(text: String) throws {
        let (reader, samples) = try SampleTextTests.read("point,t_ms,value,quality\nA,1,1,\(text)\n")
        #expect(samples.isEmpty && reader.faults.counts == [.quality: 1])
    }

    @Test(
        "without a good header is refused whole",
        arguments: [
            ("", "empty"), ("\n", "empty"), ("A,1,2\n", "column \"A\""), ("point,t_ms\n", "no column value"),
            ("point,t_ms,value,value\n", "twice"), ("point,t_ms,value,unit\n", "unit"),
            ("\"point,t_ms,value\n", "quote"),
        ])
    func headers(text: String, says: String) {
        let error = #expect(throws: SampleTextError.self) { try SampleTextTests.read(text) }
        #expect(error?.description.contains(says) == true, "\(String(describing: error))")
    }

    @Test("a line without end is refused without being kept", arguments: [1_000, .max])
    func longLine(piece: Int) throws {
        let long = String(repeating: "x", count: SampleTextReader.longestLine + 1)
        let (reader, samples) = try SampleTextTests.read("point,t_ms,value\n\(long)\nA,1,1\n\(long)", piece: piece)
        #expect(samples.count == 1)
        #expect(reader.faults.counts == [.length: 2])
    }

    @Test("the list of refused lines is bounded, their count is not")
    func bound() throws {
        let lines = String(repeating: "A,1,x\n", count: 1_000)
        let (reader, _) = try SampleTextTests.read("point,t_ms,value\n" + lines)
        #expect(reader.faults.total == 1_000)
        #expect(reader.faults.listed.count == SampleFaults.listBound)
    }

    @Test("decimals are read to the nearest double, to the last bit")
    func decimals() throws {
        var texts = [
            "0", "-0", "-0.0", "+1.5", "1.", ".5", "1e22", "1e23", "9007199254740993", "9007199254740993.0", "5e-324",
            "2.4703282292062327e-324", "2.4703282292062328e-324", "1e-400", "1.7976931348623157e308", "0.1",
            "123456789012345678",
            "0.1000000000000000055511151231257827", "179769313486231580793e288", "8.5", "1e0000000000000001",
            "0e999999999",
            "000000000000000000000000000001.25", "0.000000000000000000000000000000125", "12345678901234567890123456789",
        ]
        var random = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            let value = Double(bitPattern: random.next())
            if value.isFinite { texts.append("\(value)") }
            texts.append("\(Int64.random(in: -99_999...99_999)).\(UInt32.random(in: 0...999_999))")
        }
        let lines = texts.map { "A,1,\($0)" }.joined(separator: "\n")
        let (reader, samples) = try SampleTextTests.read("point,t_ms,value\n" + lines)
        #expect(reader.faults.total == 0, "\(reader.faults.listed)")
        try #require(samples.count == texts.count)
        for (text, sample) in zip(texts, samples) {
            let wanted = unsafe strtod(text, nil)
            if sample.value.bitPattern != wanted.bitPattern {
                Issue.record("\(text) was read as \(sample.value), not \(wanted)")
            }
        }
    }
}
