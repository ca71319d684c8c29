import Settings
import Testing

@Suite("Decimal numbers")
struct DecimalTextTests {
    @Test(
        "a decimal number is read exactly as the compiler reads it",
        arguments: [
            ("0", 0), ("-0.0", 0), ("9.5", 9.5), ("+3", 3), (".5", 0.5), ("5.", 5), ("1e-3", 0.001), ("1.5E+2", 150),
            ("0.1", 0.1), ("123456789012345", 123_456_789_012_345), ("0.30000000000000004", 0.30000000000000004),
            ("179769313486231570000000000", 1.7976931348623157e26), ("0.000000000000001", 1e-15),
        ])
    func reads(text: String, value: Double) {
        #expect(DecimalText.value(text) == value)
    }

    @Test(
        "anything else is refused",
        arguments: [
            "", " 1", "1 ", "-", ".", "1,5", "1_000", "0x10", "nan", "inf", "1e", "1e+", "1.2.3", "1e999", "9.x", "٣",
            "--1",
        ])
    func refuses(text: String) {
        #expect(DecimalText.value(text) == nil)
    }
}
