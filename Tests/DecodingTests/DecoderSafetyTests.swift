import Decoding
import Telemetry
import Testing

@Suite("Decoder safety")
struct DecoderSafetyTests {
    static let seeds = [
        #"{"seq":88,"ts":1763880000123,"values":{"LT-101":7.92,"PT":"0.412","X":true,"N":null}}"#,
        #"[{"ts":"2025-11-23 14:40:00","values":{"a":{"v":12.5,"q":64,"ts":"2025-11-23T06:40:00Z"}}},{"values":{}}]"#,
        #"{"seq":1,"values":{"压\u529b":1e999,"b":12345678901234567890123,"c":"NaN","d":[1,{"e":"f"}]}}"#,
        "[" + (0..<40).map { #"{"ts":\#($0),"values":{"tag\#($0)":\#($0).25}}"# }.joined(separator: ",") + "]",
        "12345678", #""open"#, "-1.5e308",
    ].map { Array($0.utf8) }

    @Test("nothing beyond the promised padding is read, wherever the payload ends")
    func staysInsidePadding() throws {
        let page = try #require(GuardedPage())
        let decoder = TelemetryDecoder(timeZone: "Asia/Shanghai")
        for seed in DecoderSafetyTests.seeds {
            for length in 0...seed.count {
                let bytes = Array(seed[..<length])
                let fault = unsafe page.with(bytes, padding: payloadPadding) { unsafe decoder.decode($0) }
                let samples = decoder.samples
                #expect(decoder.decode(bytes: bytes) == fault)
                #expect(decoder.samples == samples)
            }
        }
    }

    @Test("mutated payloads never crash and give either a fault or whole records", arguments: [1, 2, 3, 4] as [UInt64])
    func survivesMutation(seed: UInt64) {
        var random = RandomState(seed: seed)
        let decoder = TelemetryDecoder(timeZone: "Asia/Shanghai")
        var faults = 0
        for _ in 0..<5_000 {
            let payload = DecoderSafetyTests.mutated(&random)
            if decoder.decode(bytes: payload) != nil { faults += 1 }
            let isSound = unsafe decoder.records.reduce(0) { $1.firstValue == $0 ? $0 + $1.valueCount : -1 }
            #expect(unsafe isSound == decoder.values.count, "\(String(decoding: payload, as: UTF8.self))")
            for sample in decoder.samples {
                #expect(sample.time == .min || (0..<TimeText.end).contains(sample.time))
                #expect(sample.value.isFinite == (sample.kind == .value), "\(sample)")
            }
        }
        #expect((1_000..<4_900).contains(faults))
    }

    /// One of the seeds with one to three pieces changed, removed, doubled or put in from the alphabet of JSON.
    private static func mutated(_ random: inout RandomState) -> [UInt8] {
        let alphabet = Array(#"{}[]",:\ eE+-.0123456789truefalsnullvqx"#.utf8) + [0, 0x1F, 0x80, 0xC3, 0xE5, 0xFF]
        var bytes = seeds.randomElement(using: &random) ?? []
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let place = Int.random(in: 0..<max(1, bytes.count), using: &random)
            guard place < bytes.count else { break }
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes[place] = alphabet.randomElement(using: &random) ?? 0
            case 1: bytes.insert(alphabet.randomElement(using: &random) ?? 0, at: place)
            case 2: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...8, using: &random)))
            case 3: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 12)], at: place)
            default: bytes[place] ^= UInt8(1 << Int.random(in: 0..<8, using: &random))
            }
        }
        return bytes
    }
}
