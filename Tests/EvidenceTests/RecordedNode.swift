import Evidence
import Foundation
import Glibc
import Historian
import StateKit
import Store
import TestKit

/// The files of a node after four days: recorded, compacted twice, two days sealed, a key rotated, five seals made. Built
/// once; every test works on a copy.
///
/// Journal rows 1 to 250 are in day files and deleted, 251 to 313 in day files and still there; 314 to 345 are neither.
/// Days 23 and 24 are sealed, 25 and 26 grow.
struct RecordedNode {
    /// The files as they are, those of a day before, and the seals made up to then.
    let temporary: TemporaryFolder
    let current: String
    let earlier: String
    /// The newest seal, made ten rows before the end, and the one of the day before.
    let newestSeal: Seal
    let earlierSeal: Seal
    let firstKey: PublicKey
    let currentKey: SigningKey

    static let built: Result<RecordedNode, any Error> = Result {
        let node = try RecordedNode()
        // Nothing else lets go of it.
        atexit { try? FileManager.default.removeItem(atPath: RecordedNode.built.get().temporary.path) }
        return node
    }

    private init() throws {
        let evidence = try RecordedEvidence(seed: 7)
        let state = evidence.state
        temporary = try TemporaryFolder("hazardd-node")
        current = temporary.file("current")
        earlier = temporary.file("earlier")
        try evidence.fill(bursts: 250)
        try state.compact()
        try state.deleteCompacted()
        try state.sealer.seal(at: state.now)
        _ = try state.chores().sealDays(endedBefore: RecordedState.dayStart + 2 * RecordedState.day)
        try state.sealer.seal(at: state.now)
        try evidence.fill(bursts: 60)
        try state.compact()
        try state.sealer.seal(at: state.now)
        earlierSeal = try Seal(document: try state.store.reader.newestSeal() ?? "")
        try state.store.checkpoint()
        try FileManager.default.copyItem(atPath: state.folder.path, toPath: earlier)
        if let rotation = try state.sealer.rotate() { try state.commit(records: [rotation]) }
        try evidence.fill(bursts: 10)
        try state.sealer.seal(at: state.now)
        try evidence.fill(bursts: 10)
        try state.sealer.seal(at: state.now)
        newestSeal = try Seal(document: try state.store.reader.newestSeal() ?? "")
        try evidence.fill(bursts: 10)
        let keys = try state.store.reader.records(.key).map { try KeyRecord(body: $0) }
        let publicKeys = keys.compactMap { Data(base64Encoded: $0.publicKey).flatMap { PublicKey(bytes: $0) } }
        guard publicKeys.count == 2, let key = try KeyFolder(state.folder).key(publicKeys[1].identifier) else {
            throw TestKitError("the node should have rotated its key once")
        }
        firstKey = publicKeys[0]
        currentKey = key
        try state.store.close()
        try FileManager.default.copyItem(atPath: state.folder.path, toPath: current)
    }
}
