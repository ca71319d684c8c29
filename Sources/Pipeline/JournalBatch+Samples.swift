/// Reading a burst sample by sample.
extension JournalBatch {
    package struct Sample: Sendable, Hashable {
        /// Index into the registry's points.
        package let point: Int32
        package let time: Int64
        package let value: Double
        package let standing: Standing
    }

    /// How far a reader has come; stays good while samples are added.
    package struct Cursor: Sendable {
        fileprivate struct Place: Sendable {
            var run = 0
            var offset: Int32 = 0

            /// Moves to the run that holds the next sample.
            mutating func settle<Value>(in runs: [Run<Value>]) {
                while run < runs.count, offset >= runs[run].count {
                    run += 1
                    offset = 0
                }
            }
        }

        /// The number of the next sample.
        package fileprivate(set) var sample = 0
        fileprivate var point = Place()
        fileprivate var time = Place()
        fileprivate var standing = Place()

        package init() {}
    }

    /// The sample at the cursor, which moves on; nil at the end.
    package func next(_ cursor: inout Cursor) -> Sample? {
        guard cursor.sample < values.count else { return nil }
        cursor.point.settle(in: pointRuns)
        cursor.time.settle(in: timeRuns)
        cursor.standing.settle(in: standingRuns)
        let sample = Sample(
            point: pointRuns[cursor.point.run].value + cursor.point.offset, time: timeRuns[cursor.time.run].value,
            value: values[cursor.sample], standing: standingRuns[cursor.standing.run].value)
        cursor.sample += 1
        cursor.point.offset += 1
        cursor.time.offset += 1
        cursor.standing.offset += 1
        return sample
    }
}
