import Rehearsal
import Testing

@Suite("Lengths of time in rule tests")
struct OffsetTextTests {
    @Test(
        "are read",
        arguments: [
            ("0s", 0), ("5s", 5_000), ("1m30s", 90_000), ("2h", 7_200_000), ("1d1ms", 86_400_001), ("500ms", 500),
            ("90s", 90_000), ("365d", 31_536_000_000),
        ] as [(String, Int64)])
    func read(text: String, length: Int64) {
        #expect(OffsetText.milliseconds(text) == length)
    }

    @Test(
        "are refused",
        arguments: ["", "5", "s", "5 s", "1s1m", "1s1s", "-5s", "1.5s", "5S", "366d", "99999999999999999999s", "５s"])
    func refused(text: String) {
        #expect(OffsetText.milliseconds(text) == nil)
    }

    @Test(
        "are written as they are read",
        arguments: [0, 1, 999, 1_000, 90_000, 3_600_000, 86_399_999, 90_061_001] as [Int64])
    func roundTrip(length: Int64) {
        #expect(OffsetText.milliseconds(OffsetText.text(length)) == length)
    }

    @Test("with a sign")
    func signed() {
        #expect(OffsetText.signed("+5m") == 300_000)
        #expect(OffsetText.signed("-1h") == -3_600_000)
        #expect(OffsetText.signed("0s") == 0)
        #expect(OffsetText.text(-90_000) == "-1m30s")
    }
}
