import Simulation
import Testing

@Suite("A scan's text")
struct ScanWriterTests {
    @Test("is the native payload, with numbers as short as they can be written")
    func record() {
        var writer = ScanWriter()
        writer.beginRecord(sequence: 0, time: 1_763_880_000_123)
        for (key, thousandths) in [
            ("a", 7_920), ("b", 5_028), ("c", 3), ("d", -40), ("e", -1_500), ("f", 0), ("g", 12_000),
        ] {
            writer.value(key: Array("\"\(key)\":".utf8), thousandths: Int64(thousandths))
        }
        writer.value(key: Array("\"h\":".utf8), isOn: true)
        writer.endRecord()
        let values = "\"a\":7.92,\"b\":5.028,\"c\":0.003,\"d\":-0.04,\"e\":-1.5,\"f\":0,\"g\":12,\"h\":true"
        let text = "{\"seq\":0,\"ts\":1763880000123,\"values\":{\(values)}}"
        #expect(String(decoding: writer.take(), as: UTF8.self) == text)
    }
}
