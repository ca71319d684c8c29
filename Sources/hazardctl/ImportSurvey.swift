import Decoding

/// What a file of samples holds, found by reading it once before anything is written.
struct ImportSurvey {
    /// What is known of the samples of one name.
    struct Tally {
        var count = 0
        var latest = Int64.min
        /// Whether no sample is older than one before it.
        var isOrdered = true
    }

    private(set) var names: [String] = []
    private(set) var tallies: [Tally] = []
    private(set) var faults = SampleFaults()
    /// Earliest and latest time of all samples.
    private(set) var times: ClosedRange<Int64>?

    init(_ path: String, latest: Int64) throws {
        let file = try SampleFile(path: path, latest: latest)
        var samples: [SampleTextReader.Sample] = []
        var earliest = Int64.max
        var newest = Int64.min
        while try file.next(into: &samples) {
            while tallies.count < file.reader.names.count { tallies.append(Tally()) }
            for sample in samples {
                let name = Int(sample.name)
                tallies[name].count += 1
                if sample.time < tallies[name].latest { tallies[name].isOrdered = false }
                tallies[name].latest = max(tallies[name].latest, sample.time)
                earliest = min(earliest, sample.time)
                newest = max(newest, sample.time)
            }
        }
        let table = file.reader.names
        names = (0..<table.count).map { table[$0] }
        faults = file.reader.faults
        times = earliest <= newest ? earliest...newest : nil
    }

    var samples: Int { tallies.reduce(0) { $0 + $1.count } }
}
