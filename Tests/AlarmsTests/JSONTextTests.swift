import Alarms
import Foundation
import Telemetry
import Testing

@Suite("JSON text")
struct JSONTextTests {
    private func parse(_ text: String) throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
    }

    @Test("keeps the order it is told, and writes the same bytes every time")
    func order() {
        var json = JSONText()
        json.member("b", "x")
        json.member("a", Int64(7))
        json.member("c", true)
        json.member("d", json: "[1,2]")
        json.member("e", String?.none)
        json.member("f", ULID(high: 1 << 60, low: 31))
        json.member("g", Int64.min)
        #expect(
            json.object
                == #"{"b":"x","a":7,"c":true,"d":[1,2],"e":null,"f":"0G00000000000000000000000Z","g":-9223372036854775808}"#
        )
        #expect(JSONText().object == "{}")
    }

    @Test("escapes every character that JSON does not allow to stand")
    func escapes() throws {
        var all = ""
        for scalar in UInt32(0)...0x2FF { all.unicodeScalars.append(try #require(Unicode.Scalar(scalar))) }
        for text in [all, "\"\\/", "液氨罐组 é\u{301} 🛢", "\u{7F}\u{2028}\u{2029}", ""] {
            var json = JSONText()
            json.member(named: text, text)
            let parsed = try parse(json.object)
            #expect(parsed[text] as? String == text)
            #expect(!json.object.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F })
        }
    }

    @Test("sees a character that has to be escaped wherever it stands")
    func places() throws {
        for value in UInt32(0)...0x17F {
            let scalar = Character(try #require(Unicode.Scalar(value)))
            let isEscaped = value < 0x20 || [0x22, 0x5C, 0x7F].contains(value)
            for place in 0..<18 {
                var text = String(repeating: "a", count: 17)
                text.insert(scalar, at: text.index(text.startIndex, offsetBy: place))
                let written = JSONText.string(text)
                #expect((written == "\"\(text)\"") != isEscaped, "\(value) at \(place)")
                #expect(try parse("{\"a\":\(written)}")["a"] as? String == text, "\(value) at \(place)")
            }
        }
    }

    @Test(
        "writes a number as the shortest decimal that reads back",
        arguments: [
            (0.0, "0"), (-0.0, "-0.0"), (9.5, "9.5"), (-3, "-3"), (0.1, "0.1"), (1e16, "1e+16"), (1e-7, "1e-07"),
            (123_456_789_012, "123456789012"), (1.0 / 3, "0.3333333333333333"),
        ] as [(Double, String)])
    func numbers(value: Double, text: String) {
        #expect(JSONText.number(value) == text)
    }

    @Test("has no other word than null for what is not finite, or not there")
    func notFinite() {
        for value in [Double.nan, .infinity, -.infinity, nil] { #expect(JSONText.number(value) == "null") }
    }

    @Test("brings 100,000 random doubles back bit for bit")
    func randomNumbers() {
        var random = RandomState(seed: 5)
        for _ in 0..<100_000 {
            let value = Double(bitPattern: random.next())
            guard value.isFinite else { continue }
            let text = JSONText.number(value)
            guard Double(text)?.bitPattern == value.bitPattern else {
                Issue.record("\(value) was written as \(text)")
                return
            }
        }
    }

    @Test("writes a text in two languages as an object, and an absent one as null")
    func bilingual() {
        var json = JSONText()
        json.member("both", BilingualText(zh: "溢罐", en: "overflow"))
        json.member("one", BilingualText(en: "overflow"))
        json.member("none", BilingualText())
        #expect(
            json.object == #"{"both":{"zh":"溢罐","en":"overflow"},"one":{"zh":null,"en":"overflow"},"none":null}"#)
    }
}
