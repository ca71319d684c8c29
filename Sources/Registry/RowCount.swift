/// How many rows of a file are alike in something, and where the first stands.
struct RowCount {
    private(set) var count = 0
    /// The first one's line.
    private(set) var line: Int?

    mutating func add(line: Int) {
        count += 1
        if self.line == nil { self.line = line }
    }
}
