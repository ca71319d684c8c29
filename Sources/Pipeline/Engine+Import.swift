import Registry
package import Telemetry

extension Engine {
    /// The most imported samples of one burst.
    package static let importBurst = 50_000

    /// Puts samples on record that were measured before: late by definition, they move no point's newest sample, drive no
    /// alarm and show no life. All count as received and stored; one that is recorded already is merged when the
    /// journal is compacted, and the first kept.
    package func takeImported(_ samples: [ImportedSample], at now: Instant) {
        guard !samples.isEmpty else { return }
        // From here on the store holds samples that the rings were never given.
        points.beginRestored()
        for (gateway, places) in ImportOrder(samples, registry).byGateway {
            effects.journal.begin(
                JournalBatch.Message(
                    gateway: Int32(gateway), receivedAt: now.wall, epoch: gateways[gateway].record.epoch))
            for place in places {
                let sample = samples[Int(place)]
                effects.journal.append(
                    sample.point.position, time: sample.time, value: sample.value, quality: sample.quality, isLate: true
                )
            }
            effects.journal.endMessage()
        }
        accounting.received += Int64(samples.count)
        accounting.stored += Int64(samples.count)
        effects.accounting = accounting
    }
}

/// Imported samples gateway by gateway, each gateway's in the order they were handed in: a message in the journal is
/// of one gateway.
private struct ImportOrder {
    let byGateway: [(gateway: Int, places: ArraySlice<Int32>)]

    init(_ samples: [ImportedSample], _ registry: Registry) {
        var starts = [Int32](repeating: 0, count: registry.gateways.count + 1)
        for sample in samples { starts[registry.points[sample.point.position].gateway + 1] += 1 }
        for gateway in registry.gateways.indices { starts[gateway + 1] += starts[gateway] }
        var next = starts
        var order = [Int32](repeating: 0, count: samples.count)
        for (place, sample) in samples.enumerated() {
            let gateway = registry.points[sample.point.position].gateway
            order[Int(next[gateway])] = Int32(place)
            next[gateway] += 1
        }
        byGateway = registry.gateways.indices.compactMap { gateway in
            let places = Int(starts[gateway])..<Int(starts[gateway + 1])
            return places.isEmpty ? nil : (gateway, order[places])
        }
    }
}
