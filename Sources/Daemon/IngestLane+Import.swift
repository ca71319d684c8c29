import Decoding
import Logging
import OperatorAPI
import Pipeline
import Registry
import Telemetry

extension IngestLane {
    /// The most unknown names an answer lists.
    private static let mostListed = 20

    /// Puts samples that were recorded elsewhere on record with this turn's burst, or none of them.
    func take(_ batch: SampleBatch, at now: Instant, _ reply: @escaping @Sendable (ImportOutcome?) -> Void) {
        guard let points = resolve(batch.names, reply) else { return }
        engine.takeImported(
            batch.samples.map {
                ImportedSample(
                    point: points[Int($0.name)], time: $0.time, value: $0.value, quality: Quality(rawValue: $0.quality))
            }, at: now)
        let count = batch.samples.count
        logger.info("samples-imported: \(count) samples of \(points.count) points, handed in by \(batch.actor)")
        answers.append { isCommitted in reply(isCommitted ? .stored(count) : nil) }
    }

    /// Finds the points of these names; answers where it cannot.
    private func resolve(_ names: [String], _ reply: (ImportOutcome?) -> Void) -> [PointIndex]? {
        // The next batch mostly names the points of the one before, and a large registry takes long to look through.
        let fresh = names.filter { importNames[$0] == nil }
        var missing: [String] = []
        if !fresh.isEmpty {
            for (name, match) in zip(fresh, configuration.registry.matches(fresh)) {
                if case .found(let point) = match { importNames[name] = point } else { missing.append(name) }
            }
        }
        guard missing.isEmpty else {
            reply(
                .refused(
                    "\(missing.count) of the points are not in the registry, or in more than one site: "
                        + missing.prefix(IngestLane.mostListed).joined(separator: ", ")
                        + "; valid: SITE/POINT as the registry has it. Nothing was imported"))
            return nil
        }
        return names.compactMap { importNames[$0] }
    }
}
