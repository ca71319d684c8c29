import Store

/// Holds the configurations kept against what the chain says of them. Versions from before there were such records have
/// no content and nothing to hold.
struct ConfigurationCheck {
    let state: EvidenceReader
    let ledger: Ledger

    func run() throws {
        var recorded: Set<Int> = []
        for entry in ledger.configurations {
            let body = entry.body
            recorded.insert(body.version)
            guard let kept = try state.configurationVersion(body.version) else {
                throw EvidenceFault(
                    "configuration \(body.version), applied by chain record \(entry.id), is missing: it was removed")
            }
            guard kept.fingerprint == body.fingerprint, kept.author == body.author, kept.reason == body.reason,
                kept.appliedAt == body.appliedAt, try kept.changes?.digest == body.changes,
                kept.content?.digest == body.digest, kept.content?.digestNow == body.digest
            else {
                throw EvidenceFault(
                    "configuration \(body.version) is not the one that chain record \(entry.id) applied: it was changed"
                )
            }
        }
        if let extra = try state.configurationsWithContent().first(where: { !recorded.contains($0) }) {
            throw EvidenceFault("configuration \(extra) was applied by no chain record: it was put in")
        }
    }
}
