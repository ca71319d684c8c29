import Decoding
import Testing

@Suite("Payload faults")
struct PayloadFaultTests {
    @Test("an unusable message is a fault that names what was found, and nothing of it is used", arguments: faults)
    func isFault(payload: String, found: String) {
        let decoder = TelemetryDecoder(timeZone: "Asia/Shanghai")
        #expect(decoder.decode(#"{"values":{"a":1}}"#) == nil)
        let reason = decoder.decode(payload)?.reason ?? "no fault"
        #expect(reason.contains(found), "\(reason)")
        #expect(reason.hasSuffix("would be right"), "\(reason)")
        #expect(decoder.samples.isEmpty)
        #expect(unsafe decoder.records.isEmpty)
    }

    @Test(
        "bytes that are no UTF-8 are a fault", arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE5, 0x8E]])
    func refusesInvalidUTF8(_ bytes: [UInt8]) {
        let decoder = TelemetryDecoder(timeZone: "UTC")
        let payload = Array(#"{"values":{"a"#.utf8) + bytes + Array(#"":1}}"#.utf8)
        #expect(decoder.decode(bytes: payload)?.reason.contains("not JSON in UTF-8") == true)
    }

    @Test("the reason says which record of an array is at fault")
    func namesRecord() {
        let decoder = TelemetryDecoder(timeZone: "UTC")
        let fault = decoder.decode(#"[{"values":{"a":1}},{"values":{"a":1}},{"ts":"noon","values":{}}]"#)
        #expect(
            fault?.reason
                == "\"ts\" of record 3 is the text \"noon\", no time in the years 1970 to 2262; "
                + "UTC milliseconds, RFC 3339 or YYYY-MM-DD HH:MM:SS would be right")
    }

    @Test("the reason stays short and printable whatever the payload holds")
    func cutsLongText() {
        let decoder = TelemetryDecoder(timeZone: "UTC")
        let long = String(repeating: "储罐", count: 5_000)
        let reason = decoder.decode("{\"ts\":\"\\u001b\\n\(long)\",\"values\":{}}")?.reason ?? ""
        #expect(reason.utf8.count < 300 && reason.contains("储罐"))
        #expect(reason.unicodeScalars.allSatisfy { $0.value >= 0x20 })
    }

    @Test("zone-less times are faults when the zone is unknown, other times are not")
    func refusesUnknownZone() {
        let decoder = TelemetryDecoder(timeZone: "Asia/Nowhere")
        #expect(decoder.decode(#"{"ts":"2025-11-23 14:40:00","values":{}}"#) != nil)
        #expect(decoder.decode(#"{"ts":"2025-11-23 14:40:00Z","values":{}}"#) == nil)
    }

    @Test("nesting of any depth is refused, not followed", arguments: ["[", #"{"values":"#, #"{"values":{"a":"#])
    func refusesDepth(_ opening: String) {
        let decoder = TelemetryDecoder(timeZone: "UTC")
        #expect(decoder.decode(String(repeating: opening, count: 300_000)) != nil)
        let closing = String(opening.reversed().compactMap { $0 == "[" ? "]" : $0 == "{" ? "}" : nil })
        let whole = String(repeating: opening, count: 5_000) + "1" + String(repeating: closing, count: 5_000)
        #expect(decoder.decode(whole) != nil)
    }

    static let faults: [(payload: String, found: String)] = [
        ("", "the payload is empty"),
        (" \n", "not JSON"),
        ("{", "not JSON"),
        (#"{"values":{"a":1}}x"#, "not JSON"),
        (#"{"values":{"a":1}} {"values":{}}"#, "not JSON"),
        (#"{"values":{"a":01}}"#, "not JSON"),
        (#"{"values":{"a":1.}}"#, "not JSON"),
        (#"{"values":{"a":NaN}}"#, "not JSON"),
        (#"{"values":{"a":-Infinity}}"#, "not JSON"),
        (#"{"values":{"a":1,}}"#, "not JSON"),
        (#"{"values":{1e999:1}}"#, "not JSON"),
        (#"{"values":{"a":1e999,1e999 :1}}"#, "not JSON"),
        (#"{"values":{"a":1e999x}}"#, "not JSON"),
        (#"{"values":{"a":1e999"b"}}"#, "not JSON"),
        (#"{"values":{"a\q":1}}"#, "not JSON"),
        (#"{"x":tru,"values":{}}"#, "not JSON"),
        ("7", "the payload is the number 7;"),
        ("1e999", #"the payload is the text "1e999""#),
        ("null", "the payload is null"),
        (#""text""#, #"the payload is the text "text""#),
        (#"[{"values":{}},7.5]"#, "record 2 is the number 7.5"),
        (#"[[]]"#, "record 1 is an array"),
        ("{}", #"the payload has no "values""#),
        (#"[{"values":{}},{"ts":1}]"#, #"record 2 has no "values""#),
        (#"{"values":[]}"#, #""values" of the payload is an array"#),
        (#"{"values":null}"#, #""values" of the payload is null"#),
        (#"{"seq":-1,"values":{"a":1}}"#, #""seq" of the payload is the number -1;"#),
        (#"{"seq":1.5,"values":{"a":1}}"#, "the number 1.5"),
        (#"{"seq":"1","values":{"a":1}}"#, #"the text "1""#),
        (#"{"seq":9223372036854775808,"values":{"a":1}}"#, "seq"),
        (#"{"seq":null,"values":{"a":1}}"#, #""seq" of the payload is null"#),
        (#"{"ts":-1,"values":{"a":1}}"#, "the number -1,"),
        (#"{"ts":-0.5,"values":{"a":1}}"#, "the number -0.5"),
        (#"{"ts":9246182400000,"values":{"a":1}}"#, "the number 9246182400000"),
        (#"{"ts":1e999,"values":{"a":1}}"#, "1e999"),
        (#"{"ts":true,"values":{"a":1}}"#, #""ts" of the payload is a boolean"#),
        (#"{"ts":null,"values":{"a":1}}"#, #""ts" of the payload is null"#),
        (#"{"ts":{},"values":{"a":1}}"#, #""ts" of the payload is an object"#),
        (#"{"ts":"1763880000123","values":{"a":1}}"#, #"the text "1763880000123""#),
        (#"{"ts":1,"ts":2,"values":{"a":1}}"#, #"the text "ts" more than once"#),
        (#"{"values":{"a":1},"values":{"a":1}}"#, #"the text "values" more than once"#),
    ]
}
