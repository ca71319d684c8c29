import Evidence
import StateKit
import Telemetry

/// A state with everything in it that evidence covers, in an order that a seed decides.
final class RecordedEvidence {
    let state: RecordedState
    private(set) var samples = 0
    private var random: RandomState
    private var time = RecordedState.dayStart

    init(points: Int = 3, seed: UInt64 = 1) throws {
        state = try RecordedState(points: points)
        random = RandomState(seed: seed)
    }

    /// Records bursts of samples some minutes apart, with events and operator actions among them.
    func fill(bursts: Int) throws {
        for _ in 0..<bursts {
            time += Int64.random(in: 1_000...1_800_000, using: &random)
            let recorded = (0..<state.pointCount).map { point in
                RecordedSample(point, time, Double(Int.random(in: 0...9_999, using: &random)) / 100)
            }
            samples += recorded.count
            try state.record(
                recorded, events: Int.random(in: 0...2, using: &random),
                actions: Int.random(in: 0...5, using: &random) / 5)
        }
    }

    func verify(trusted: PublicKey? = nil, witnessed: [Seal] = []) throws -> Verification {
        try Verifier(state.folder, trusted: trusted, witnessed: witnessed).verify()
    }
}
