package import Pipeline
import Store
package import Telemetry

extension OfflineNode {
    /// Puts samples that were recorded elsewhere on disk. All count as received when the state was taken in hand: one time
    /// of receipt for a whole import costs nothing to keep.
    package func take(_ samples: [ImportedSample], at now: Instant) throws {
        engine.takeImported(samples, at: Instant(wall: openedAt, monotonic: now.monotonic))
        try commit(at: now.wall)
        try store.tendLog(isIdle: false)
    }
}
