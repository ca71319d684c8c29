import Decoding
import OperatorAPI
import Pipeline
import Telemetry

extension Inbox {
    /// The most batches of samples that wait: they are large, and their senders can.
    static let sampleBound = 4

    /// Reads samples and waits until the pipeline has committed them.
    func take(csv: [UInt8], from actor: String) async throws -> ImportOutcome {
        let batch: SampleBatch
        do {
            batch = try Inbox.batch(csv, actor)
        } catch {
            return .refused("\(error)")
        }
        guard !batch.samples.isEmpty else { return .stored(0) }
        let outcome: ImportOutcome? = await withCheckedContinuation { continuation in
            let isTaken = put(.samples(batch) { continuation.resume(returning: $0) })
            if !isTaken { continuation.resume(returning: nil) }
        }
        guard let outcome else {
            throw InboxUnavailable.busy
        }
        return outcome
    }

    /// All lines have to be good: whoever hands them in has looked through them.
    private static func batch(_ csv: [UInt8], _ actor: String) throws(SampleTextError) -> SampleBatch {
        var reader = SampleTextReader(latest: SystemClock.now().wall + SampleTextReader.lead)
        var samples: [SampleTextReader.Sample] = []
        try reader.read(csv.span, into: &samples)
        try reader.finish(into: &samples)
        if let fault = reader.faults.listed.first {
            throw SampleTextError(
                "line \(fault.line), \"\(fault.excerpt)\": \(fault.reason.text); nothing was imported")
        }
        guard samples.count <= Engine.importBurst else {
            throw SampleTextError(
                "\(samples.count) samples are too many for one request; at most \(Engine.importBurst)")
        }
        let names = reader.names
        return SampleBatch(names: (0..<names.count).map { names[$0] }, samples: samples, actor: actor)
    }
}
