package import Telemetry

/// One recorded sample of a point.
package struct StoredSample: Sendable, Hashable {
    /// The source's own time, UTC milliseconds.
    package let time: Int64
    /// Not a number where the source said that it had no value.
    package let value: Double
    package let quality: Quality

    package init(time: Int64, value: Double, quality: Quality) {
        self.time = time
        self.value = value
        self.quality = quality
    }
}

extension StoredSample {
    /// The samples of some places of three columns, which have these places.
    package static func joined(
        _ places: Range<Int>, times: [Int64], values: [Double], qualities: [UInt8]
    ) -> [StoredSample] {
        guard var byte = places.isEmpty ? nil : qualities[places.lowerBound] else { return [] }
        var quality = Quality(rawValue: byte)
        return places.map { place in
            // Mostly all the same.
            if qualities[place] != byte {
                byte = qualities[place]
                quality = Quality(rawValue: byte)
            }
            return StoredSample(time: times[place], value: values[place], quality: quality)
        }
    }

    /// Samples in the order they were recorded, brought into the order of their times; of several with the same time the
    /// first stays.
    package static func merged(_ samples: [StoredSample]) -> [StoredSample] {
        guard samples.indices.dropFirst().contains(where: { samples[$0].time <= samples[$0 - 1].time }) else {
            return samples
        }
        let sorted = samples.enumerated().sorted {
            ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
        }
        var merged: [StoredSample] = []
        merged.reserveCapacity(samples.count)
        for (_, sample) in sorted where merged.last?.time != sample.time { merged.append(sample) }
        return merged
    }
}
