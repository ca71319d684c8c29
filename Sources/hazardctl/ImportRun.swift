import Decoding
import Pipeline
import Registry
import Telemetry

/// Brings the samples of a file on record, and tries them against the limits in the order of their times.
struct ImportRun {
    /// The most samples held to bring them into order; a single point may exceed it up to `mostOfOnePoint`.
    private static let mostHeld = 4_000_000
    private static let mostOfOnePoint = 32_000_000

    let path: String
    let latest: Int64
    let survey: ImportSurvey
    let targets: ImportTargets
    let trial: LimitTrial
    private(set) var stored = 0
    /// Points whose samples are too many to be brought into order: not tried.
    private(set) var untried: [PointIndex] = []

    init(_ path: String, latest: Int64, _ survey: ImportSurvey, _ targets: ImportTargets, _ registry: Registry) {
        self.path = path
        self.latest = latest
        self.survey = survey
        self.targets = targets
        trial = LimitTrial(registry, points: targets.distinct)
    }

    /// Hands every sample over, as the file has them.
    mutating func store(in sink: some SampleSink) async throws {
        let file = try SampleFile(path: path, latest: latest)
        var samples: [SampleTextReader.Sample] = []
        var burst: [ImportedSample] = []
        burst.reserveCapacity(sink.burst)
        while try file.next(into: &samples) {
            for sample in samples {
                guard Int(sample.name) < targets.points.count else {
                    throw CommandFailure("\(path.printable) changed while it was read; \(stored) samples were stored")
                }
                guard let point = targets.points[Int(sample.name)], let place = targets.places[Int(sample.name)] else {
                    continue
                }
                let imported = ImportRun.imported(sample, point)
                burst.append(imported)
                if targets.isOrdered[place] { trial.take(imported, at: place) }
                guard burst.count == sink.burst else { continue }
                try await hand(burst, to: sink)
                burst.removeAll(keepingCapacity: true)
            }
        }
        if !burst.isEmpty { try await hand(burst, to: sink) }
        try tryUnordered()
    }

    private mutating func hand(_ burst: [ImportedSample], to sink: some SampleSink) async throws {
        do {
            try await sink.take(burst)
        } catch {
            guard stored > 0 else { throw error }
            throw CommandFailure(
                (error as? CommandFailure)?.code ?? .failed,
                "\(error). \(stored) samples were stored before; import the file again, what is on record is merged")
        }
        stored += burst.count
    }

    private static func imported(_ sample: SampleTextReader.Sample, _ point: PointIndex) -> ImportedSample {
        ImportedSample(
            point: point, time: sample.time, value: sample.value, quality: Quality(rawValue: sample.quality))
    }
}

extension ImportRun {
    /// Reads the file again for points whose samples do not come in order, some points at a time.
    private mutating func tryUnordered() throws {
        var counts = [Int](repeating: 0, count: targets.distinct.count)
        for (name, place) in targets.places.enumerated() {
            if let place { counts[place] += survey.tallies[name].count }
        }
        var group: Set<Int> = []
        var held = 0
        for place in targets.distinct.indices where !targets.isOrdered[place] {
            guard counts[place] <= ImportRun.mostOfOnePoint else {
                untried.append(targets.distinct[place])
                continue
            }
            if held > 0, held + counts[place] > ImportRun.mostHeld {
                try tryInOrder(group)
                group = []
                held = 0
            }
            group.insert(place)
            held += counts[place]
        }
        if !group.isEmpty { try tryInOrder(group) }
    }

    private func tryInOrder(_ places: Set<Int>) throws {
        let file = try SampleFile(path: path, latest: latest)
        var series: [Int: [ImportedSample]] = [:]
        var samples: [SampleTextReader.Sample] = []
        while try file.next(into: &samples) {
            for sample in samples {
                guard let point = targets.points[Int(sample.name)], let place = targets.places[Int(sample.name)],
                    places.contains(place)
                else { continue }
                series[place, default: []].append(ImportRun.imported(sample, point))
            }
        }
        for place in places {
            guard let samples = series.removeValue(forKey: place) else { continue }
            // Of several with the same time the first counts, as on record.
            let order = samples.indices.sorted { (samples[$0].time, $0) < (samples[$1].time, $1) }
            for number in order { trial.take(samples[number], at: place) }
        }
    }
}
