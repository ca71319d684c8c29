import Foundation
import TestKit
import Testing

extension Spine {
    @Suite("The way of a sample")
    struct AllocationTests {
        private struct Figure: Decodable {
            let id: String
            let value: Double
            let besideValue: Double
        }

        @Test("from its bytes to the journal takes nothing from the heap, counted over a burst")
        func allocations() throws {
            let folder = try TemporaryFolder("allocations")
            let child = try ChildProcess(
                try ProductsFolder.executable("hazard-bench"), ["allocations", "--format", "json"],
                output: folder.file("figure"))
            #expect(child.wait(timeout: .seconds(60)) == 0, "\(child.output)")
            let figure = try EventRecord.decoder.decode(Figure.self, from: Data(child.output.utf8))
            #expect(figure.id == "ingest.allocations")
            #expect(figure.besideValue == 50_000)
            #expect(figure.value == 0, "\(figure.value) allocations for \(figure.besideValue) samples")
        }
    }
}
