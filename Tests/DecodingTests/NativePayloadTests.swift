import Decoding
import Testing

@Suite("Native payload")
struct NativePayloadTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var payload: String
        var samples: [Sample]
        var testDescription: String { payload }
    }

    @Test("a payload gives the values it holds", arguments: payloads)
    func decodes(_ example: Case) {
        let decoder = TelemetryDecoder(timeZone: "Asia/Shanghai")
        #expect(decoder.decode(example.payload) == nil)
        #expect(decoder.samples == example.samples)
    }

    @Test("a value of each form gives its number, or the fault that is its own", arguments: forms)
    func readsForm(_ form: Case) {
        let decoder = TelemetryDecoder(timeZone: "UTC")
        #expect(decoder.decode(#"{"ts":5,"values":{"before":1,"x":\#(form.payload),"after":2}}"#) == nil)
        let expected = [Sample.value("before", 1, at: 5)] + form.samples + [.value("after", 2, at: 5)]
        #expect(decoder.samples == expected)
    }

    @Test("records keep their counters and which values are theirs")
    func recordsAreKept() {
        let decoder = TelemetryDecoder(timeZone: "UTC")
        let payload = """
            [{"seq":7,"values":{"a":1,"b":2}}, {"values":{}}, {"values":{"c":3},"seq":9223372036854775807},
             {"seq":3.0,"values":{}}]
            """
        #expect(decoder.decode(payload) == nil)
        let records = unsafe decoder.records.map { [Int($0.sequence), $0.firstValue, $0.valueCount] }
        #expect(records == [[7, 0, 2], [-1, 2, 0], [Int.max, 2, 1], [3, 3, 0]])
    }

    @Test("a decoder is used again after a message of any kind, however much longer than the last")
    func decoderIsReused() {
        let decoder = TelemetryDecoder(timeZone: "UTC")
        for count in [1, 3_000, 2, 0, 20_000, 1] {
            let values = (0..<count).map { #""tag \#($0)":\#($0).5"# }.joined(separator: ",")
            #expect(decoder.decode("{\"values\":{\(values)}}") == nil)
            #expect(decoder.samples == (0..<count).map { Sample.value("tag \($0)", Double($0) + 0.5) })
            #expect(decoder.decode("[") != nil)
            #expect(decoder.samples.isEmpty)
        }
    }

    static let payloads: [Case] = [
        Case(
            payload: """
                {"seq": 88, "ts": 1763880000123,
                 "values": {"LT-101": 7.92, "PT-101": "0.412", "XV-3": true,
                            "GD-7": {"v": 12.5, "q": 64, "ts": 1763880000100}, "TT-9": null}}
                """,
            samples: [
                .value("LT-101", 7.92, at: 1_763_880_000_123), .value("PT-101", 0.412, at: 1_763_880_000_123),
                .value("XV-3", 1, at: 1_763_880_000_123), .value("GD-7", 12.5, 64, at: 1_763_880_000_100),
                .fault("TT-9", .missing, at: 1_763_880_000_123),
            ]),
        Case(payload: #"{"values":{"a":1}}"#, samples: [.value("a", 1)]),
        Case(payload: #"{"values":{"a":1},"ts":0}"#, samples: [.value("a", 1, at: 0)]),
        Case(payload: #"{"ts":1763880000123.9,"values":{"a":1}}"#, samples: [.value("a", 1, at: 1_763_880_000_123)]),
        Case(payload: #"{"ts":1.5e3,"values":{"a":1}}"#, samples: [.value("a", 1, at: 1_500)]),
        Case(payload: #"{"ts":9246182399999,"values":{"a":1}}"#, samples: [.value("a", 1, at: 9_246_182_399_999)]),
        Case(
            payload: #"{"ts":"2025-11-23T06:40:00.123Z","values":{"a":1}}"#,
            samples: [.value("a", 1, at: 1_763_880_000_123)]),
        Case(
            payload: #"{"ts":"2025-11-23 14:40:00.123","values":{"a":1,"b":{"v":2,"ts":"2025-11-23T14:40:01"}}}"#,
            samples: [.value("a", 1, at: 1_763_880_000_123), .value("b", 2, at: 1_763_880_001_000)]),
        Case(
            payload: #"[{"ts":1,"values":{"a":1}},{"values":{"a":2,"b":{"v":3,"ts":4}}},{"ts":3,"values":{"a":4}}]"#,
            samples: [.value("a", 1, at: 1), .value("a", 2), .value("b", 3, at: 4), .value("a", 4, at: 3)]),
        Case(payload: "[]", samples: []),
        Case(payload: #" {"values":{}} "#, samples: []),
        Case(payload: #"{"values":{"a":1,"a":2}}"#, samples: [.value("a", 1), .value("a", 2)]),
        Case(
            payload: #"{"gateway":{"ts":"x","values":[1e999]},"values":{"a":1},"extra":[{}],"tsx":"?"}"#,
            samples: [.value("a", 1)]),
        Case(
            payload: #"{"values":{"压力\u0031":1,"\"\\/":2,"":3,"a\u0000b":4}}"#,
            samples: [.value("压力1", 1), .value(#""\/"#, 2), .value("", 3), .value("a\0b", 4)]),
        Case(
            payload: #"{"values":{"1e999 \" 1e999":1e999,"b":123456789012345678901234567890,"c":-1e-999}}"#,
            samples: [.fault(#"1e999 " 1e999"#, .notFinite), .value("b", 1.2345678901234568e29), .value("c", -0.0)]),
    ]

    static let forms: [Case] =
        numbers.map { Case(payload: $0.payload, samples: [.value("x", $0.number, at: 5)]) }
        + qualities.map { Case(payload: $0.payload, samples: [.value("x", 2, $0.quality, at: 5)]) }
        + kinds.map { Case(payload: $0.payload, samples: [.fault("x", $0.kind, at: 5)]) }

    private static let numbers: [(payload: String, number: Double)] = [
        ("0", 0), ("-0.0", -0.0), ("1e3", 1000), ("-12.5E-1", -1.25), ("18446744073709551615", 0x1p64),
        ("-9223372036854775809", -0x1p63), ("1e-999", 0), ("4.9e-324", .leastNonzeroMagnitude),
        ("true", 1), ("false", 0), (#""7""#, 7), (#"" \t-7.25e2\r\n ""#, -725), (#""+3""#, 3), (#""007.5""#, 7.5),
        (#"".5""#, 0.5), (#""5.""#, 5), (#""-1e-400""#, -0.0), (#""0.1""#, 0.1), (#""0e999""#, 0),
        (#"{"v":2}"#, 2), (#"{"v":"2"}"#, 2), (#"{"v":true}"#, 1), (#"{"unit":"m","v":2}"#, 2),
    ]

    private static let qualities: [(payload: String, quality: UInt8)] = [
        (#"{"v":2,"q":0}"#, 0), (#"{"q":255,"v":2}"#, 255), (#"{"v":2,"q":192.0}"#, 192),
    ]

    private static let kinds: [(payload: String, kind: DecodedKind)] = [
        ("null", .missing), (#"{"v":null}"#, .missing), (#"{"v":null,"q":192}"#, .missing),
        (#""""#, .wrongType), (#"" ""#, .wrongType), (#""1,5""#, .wrongType), (#""0x10""#, .wrongType),
        (#""1 2""#, .wrongType), (#""1e""#, .wrongType), (#"".""#, .wrongType), (#""-""#, .wrongType),
        (#""+-1""#, .wrongType), (#""--1""#, .wrongType), (#""1\u0000""#, .wrongType), (#""OFF""#, .wrongType),
        ("[]", .wrongType), ("[1]", .wrongType), ("{}", .wrongType), (#"{"q":192}"#, .wrongType),
        (#"{"v":[]}"#, .wrongType), (#"{"v":{"v":1}}"#, .wrongType), (#"{"v":1,"v":2}"#, .wrongType),
        ("1e999", .notFinite), ("-1e999", .notFinite), (#""1e999""#, .notFinite), (#""NaN""#, .notFinite),
        (#""nan""#, .notFinite), (#"" -Infinity ""#, .notFinite), (#""+INF""#, .notFinite),
        (#"{"v":"Infinity"}"#, .notFinite), (#"{"v":1e999,"q":300}"#, .notFinite),
        (#"{"v":1,"q":256}"#, .badQuality), (#"{"v":1,"q":-1}"#, .badQuality), (#"{"v":1,"q":1.5}"#, .badQuality),
        (#"{"v":1,"q":"192"}"#, .badQuality), (#"{"v":1,"q":null}"#, .badQuality),
        (#"{"v":1,"q":1e999}"#, .badQuality), (#"{"v":1,"q":192,"q":0}"#, .badQuality),
        (#"{"v":1,"ts":-1}"#, .badTime), (#"{"v":1,"ts":9246182400000}"#, .badTime),
        (#"{"v":1,"ts":"noon"}"#, .badTime), (#"{"v":1,"ts":null}"#, .badTime), (#"{"v":1,"ts":[]}"#, .badTime),
        (#"{"v":1,"ts":-0.5}"#, .badTime), (#"{"v":1,"ts":1e300}"#, .badTime), (#"{"v":1,"ts":"7"}"#, .badTime),
    ]
}
