/// A flood while it is counted, and until it is reported. Subjects are numbers.
struct FloodTally: Sendable {
    /// When the rate rose above the limit, UTC milliseconds.
    let start: Int64
    /// Nil while it goes on.
    var end: Int64?
    /// Alarms from the first-out on.
    private(set) var count = 0
    /// The most within ten minutes.
    var peak = 0
    /// The alarm that came first, and when.
    let firstOut: Int32
    let firstOutAt: Int64
    private(set) var subjects: [Int32: Int] = [:]

    /// The most subjects told apart in one flood; further ones are counted only.
    static let subjectBound = 1_000

    /// - Parameter entries: the annunciations that made the flood, oldest first.
    init?(_ entries: [FloodWindow<Int32>.Entry], at start: Int64) {
        guard let first = entries.first else { return nil }
        self.start = start
        firstOut = first.item
        firstOutAt = first.time
        for entry in entries { add(entry.item) }
    }

    mutating func add(_ subject: Int32) {
        count += 1
        if subjects[subject] != nil || subjects.count < FloodTally.subjectBound {
            subjects[subject, default: 0] += 1
        }
    }

    /// Keeps the most frequent subjects only.
    mutating func reduce(to most: Int) {
        let kept = subjects.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(most)
        subjects = Dictionary(uniqueKeysWithValues: kept.map { ($0.key, $0.value) })
    }
}
