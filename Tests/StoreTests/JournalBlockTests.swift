import Pipeline
import Store
import Telemetry
import Testing

@Suite("A journal block")
struct JournalBlockTests {
    private static let pointNumbers: [Int64] = [7, 3, 900_000, 1, 42]
    private static let gatewayNumbers: [Int64] = [5, 1]

    private func randomBatch(_ random: inout RandomState) -> JournalBatch {
        var batch = JournalBatch()
        for _ in 0..<Int.random(in: 0...5, using: &random) {
            batch.begin(
                JournalBatch.Message(
                    gateway: Int32.random(in: 0...1, using: &random),
                    receivedAt: Int64.random(in: 0...9_000_000_000_000, using: &random),
                    shift: Bool.random(using: &random) ? 0 : Int64.random(in: -9_999...9_999, using: &random),
                    hash: Bool.random(using: &random) ? 0 : random.next(),
                    epoch: Bool.random(using: &random) ? 0 : UInt8.random(in: 0...255, using: &random)))
            for _ in 0..<Int.random(in: 0...6, using: &random) {
                batch.append(
                    Int.random(in: 0...4, using: &random),
                    time: Bool.random(using: &random)
                        ? Int64(bitPattern: random.next()) : Int64.random(in: 0...9_000_000_000_000, using: &random),
                    value: Bool.random(using: &random)
                        ? Double(bitPattern: random.next()) : Double(Int.random(in: -999...999, using: &random)) / 10,
                    quality: Quality(rawValue: UInt8.random(in: 0...255, using: &random)),
                    isLate: Bool.random(using: &random))
            }
            batch.endMessage()
        }
        return batch
    }

    private func allSamples(of batch: JournalBatch) -> [JournalBatch.Sample] {
        var cursor = JournalBatch.Cursor()
        var samples: [JournalBatch.Sample] = []
        while let sample = batch.next(&cursor) { samples.append(sample) }
        return samples
    }

    private func encode(_ batch: JournalBatch) -> [UInt8] {
        JournalBlock.encode(
            batch, pointNumbers: JournalBlockTests.pointNumbers, gatewayNumbers: JournalBlockTests.gatewayNumbers)
    }

    @Test("gives back every column of 5,000 random bursts")
    func roundTrip() throws {
        var random = RandomState(seed: 21)
        for _ in 0..<5_000 {
            let batch = randomBatch(&random)
            let (messages, rows) = try JournalBlock.decode(encode(batch))
            #expect(messages.map(\.gateway) == batch.messages.map { JournalBlockTests.gatewayNumbers[Int($0.gateway)] })
            #expect(messages.map(\.receivedAt) == batch.messages.map(\.receivedAt))
            #expect(messages.map(\.shift) == batch.messages.map(\.shift))
            #expect(messages.map(\.hash) == batch.messages.map(\.hash))
            #expect(messages.map(\.epoch) == batch.messages.map(\.epoch))
            #expect(messages.map(\.sampleCount) == batch.messages.map { Int($0.sampleCount) })
            let samples = allSamples(of: batch)
            #expect(rows.map(\.point) == samples.map { JournalBlockTests.pointNumbers[Int($0.point)] })
            #expect(rows.map(\.time) == samples.map(\.time))
            #expect(rows.map(\.value.bitPattern) == samples.map(\.value.bitPattern))
            #expect(rows.map(\.quality) == samples.map(\.standing.quality))
            #expect(rows.map(\.isLate) == samples.map(\.standing.isLate))
            let ofMessage = batch.messages.flatMap { Array(repeating: $0, count: Int($0.sampleCount)) }
            #expect(rows.map(\.receivedAt) == ofMessage.map(\.receivedAt))
            #expect(rows.map(\.epoch) == ofMessage.map(\.epoch))
        }
    }

    @Test("is the same bytes every time")
    func sameBytes() {
        var first = RandomState(seed: 22)
        var second = RandomState(seed: 22)
        #expect(encode(randomBatch(&first)) == encode(randomBatch(&second)))
    }

    @Test("that is damaged is refused or read as something else, but never ends the process")
    func damaged() {
        var random = RandomState(seed: 23)
        var refused = 0
        for _ in 0..<5_000 {
            var bytes = encode(randomBatch(&random))
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8(truncatingIfNeeded: random.next())
            }
            if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 0...bytes.count, using: &random)) }
            do { _ = try JournalBlock.decode(bytes) } catch { refused += 1 }
        }
        #expect(refused > 1_000)
    }

    @Test("whose messages claim more samples than it has is refused")
    func hostileCounts() {
        var writer = ByteWriter()
        writer.byte(JournalBlock.version)
        writer.unsigned(2)
        writer.unsigned(0)
        for _ in 0..<2 {
            writer.unsigned(1)
            writer.signed(0)
            writer.unsigned(UInt64(Int64.max))
            writer.byte(0)
        }
        #expect(throws: JournalBlock.Unreadable.self) { try JournalBlock.decode(writer.bytes) }
    }

    @Test("of another version is refused by its version")
    func version() {
        var bytes = encode(JournalBatch())
        bytes[0] = 9
        #expect { try JournalBlock.decode(bytes) } throws: {
            ($0 as? JournalBlock.Unreadable)?.reason.contains("version 9") == true
        }
    }

    @Test("takes few bytes a sample of slowly changing values")
    func size() {
        var batch = JournalBatch()
        for second in 0..<100 {
            batch.begin(JournalBatch.Message(gateway: 0, receivedAt: StoreFixture.start + Int64(second) * 1_000))
            for point in 0..<5 {
                batch.append(
                    point, time: StoreFixture.start + Int64(second) * 1_000, value: 7.91 + Double(point),
                    quality: .good, isLate: false)
            }
            batch.endMessage()
        }
        let bytes = JournalBlock.encode(batch, pointNumbers: [1, 2, 3, 4, 5], gatewayNumbers: [1])
        #expect(bytes.count < 500 * 5, "\(bytes.count) bytes for 500 samples")
    }
}
