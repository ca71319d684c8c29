package import Historian
package import Registry
import Store
package import Telemetry

/// Reads what quantity points say from what is recorded; nothing that goes wrong there keeps a grade from being shown.
package struct LiveQuantityReader {
    /// Samples looked through, newest first, for a good one.
    private static let most = 10_000
    /// A source's clock may be ahead of this machine's: milliseconds.
    private static let ahead: Int64 = 86_400_000

    private let history: HistoryReader

    package init(_ history: HistoryReader) {
        self.history = history
    }

    package func quantity(_ index: PointIndex, in registry: Registry, at now: Int64) -> LiveQuantity {
        let point = registry[index]
        do {
            let samples = try history.samples(
                of: registry.identifier(of: index), from: now - LiveQuantity.window(of: point),
                through: now + LiveQuantityReader.ahead, atMost: LiveQuantityReader.most, newestFirst: true)
            let good = samples?.first { $0.quality.isGood && $0.value.isFinite }
            return LiveQuantity(good.map { ($0.value, now - $0.time) }, of: point)
        } catch {
            return .unusable("cannot be read: \(error)")
        }
    }
}
