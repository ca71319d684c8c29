/// What `hazardctl status --format json` says.
struct NodeStatus: Decodable {
    let received: Int64
    let stored: Int64
    let duplicate: Int64
    let unmapped: Int64
    let quarantined: Int64
    let lastSequence: Int64
    /// The writer's own reading of `PRAGMA synchronous`.
    let synchronous: Int?

    var addsUp: Bool { received == stored + duplicate + unmapped + quarantined }
}
