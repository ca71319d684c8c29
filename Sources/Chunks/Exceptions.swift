/// Values that the form of a column has no integer for, as runs of equal bits: where there was no value at all, often.
struct Exceptions {
    /// Equal values one after the other.
    struct Run: Equatable {
        var start: Int
        var length: Int
        let bits: UInt64
    }

    private(set) var runs: [Run] = []
    /// The samples that are exceptions.
    private(set) var count = 0

    /// Appends the value of a sample behind all others.
    mutating func append(_ sample: Int, _ value: Double) {
        count += 1
        if let last = runs.last, last.start + last.length == sample, last.bits == value.bitPattern {
            runs[runs.count - 1].length += 1
        } else {
            runs.append(Run(start: sample, length: 1, bits: value.bitPattern))
        }
    }

    func write(to writer: inout ChunkWriter) {
        writer.unsigned(UInt64(runs.count))
        var end = 0
        for run in runs {
            writer.unsigned(UInt64(run.start - end))
            writer.unsigned(UInt64(run.length - 1))
            writer.fixed(run.bits)
            end = run.start + run.length
        }
    }

    init() {}

    /// Reads what `write` wrote, for a column of `count` samples.
    init(_ reader: inout ChunkReader, count samples: Int) throws(ChunkError) {
        var end = 0
        for _ in 0..<(try reader.unsigned("number of exceptions", atMost: samples)) {
            let start = end + (try reader.unsigned("place of an exception", atMost: samples))
            let length = 1 + (try reader.unsigned("length of an exception", atMost: samples))
            guard start + length <= samples else {
                throw .outOfRange(what: "end of an exception", value: UInt64(start + length))
            }
            runs.append(Run(start: start, length: length, bits: try reader.fixed("exception")))
            end = start + length
            count += length
        }
    }

    /// Puts the exceptions among the samples `samples`, of which the first is written to the front of `values`.
    func restore(_ samples: Range<Int>, into values: UnsafeMutablePointer<Double>) {
        for run in runs {
            for sample in samples.clamped(to: run.start..<run.start + run.length) {
                unsafe values[sample - samples.lowerBound] = Double(bitPattern: run.bits)
            }
        }
    }
}
