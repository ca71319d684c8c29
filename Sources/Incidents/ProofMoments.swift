import Foundation
import Historian

/// A line of `proof/moments.jsonl`: the times that chunks share.
struct ProofMoments: Codable, Sendable {
    var sha256: String
    var count: Int
    var bytes: Data
    var shifts: Data

    init(_ moments: Moments, sha256: String) {
        self.sha256 = sha256
        count = moments.count
        bytes = moments.bytes
        shifts = moments.shifts
    }

    var moments: Moments { Moments(count: count, bytes: bytes, shifts: shifts) }
}
