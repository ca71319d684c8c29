/// Splits a CSV file (RFC 4180) into records without making strings of its cells.
///
/// Accepts a byte order mark, any line ending, and spaces around cells.
struct CSVReader {
    /// Where a cell's text stands in the file, without its quotes.
    struct Cell {
        var range: Range<Int>
        /// Whether doubled quotes in it still stand for single ones.
        var isEscaped = false
    }

    let bytes: [UInt8]
    private var place: Int
    private var following = 1
    /// The current record's first line, counted from 1.
    private(set) var line = 1
    private(set) var cells: [Cell] = []
    /// What is wrong with the current record's quotes, if anything.
    private(set) var problem: String?

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        place = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// Moves to the next record; false at the end of the file.
    mutating func next() -> Bool {
        cells.removeAll(keepingCapacity: true)
        problem = nil
        line = following
        guard place < bytes.count else { return false }
        while true {
            skipSpaces()
            if place < bytes.count, bytes[place] == quote {
                readQuoted()
            } else {
                readPlain()
            }
            guard place < bytes.count else { return true }
            let delimiter = bytes[place]
            place += 1
            if delimiter != comma {
                if delimiter == carriageReturn, place < bytes.count, bytes[place] == lineFeed {
                    place += 1
                }
                following += 1
                return true
            }
        }
    }

    /// A cell's text with its quotes resolved.
    func text(_ cell: Cell) -> String {
        guard cell.isEscaped else { return String(decoding: bytes[cell.range], as: UTF8.self) }
        var plain: [UInt8] = []
        var skips = false
        for byte in bytes[cell.range] {
            skips = byte == quote && !skips
            if !skips {
                plain.append(byte)
            }
        }
        return String(decoding: plain, as: UTF8.self)
    }

    private mutating func readPlain() {
        let start = place
        var end = place
        let count = bytes.count
        while end < count {
            let byte = bytes[end]
            if byte == comma || byte == lineFeed || byte == carriageReturn { break }
            end += 1
        }
        place = end
        while end > start, bytes[end - 1] == space || bytes[end - 1] == tab {
            end -= 1
        }
        cells.append(Cell(range: start..<end))
    }

    private mutating func readQuoted() {
        place += 1
        var cell = Cell(range: place..<place)
        while place < bytes.count {
            let byte = bytes[place]
            if byte == quote {
                guard place + 1 < bytes.count, bytes[place + 1] == quote else { break }
                cell.isEscaped = true
                place += 1
            } else if byte == lineFeed {
                following += 1
            }
            place += 1
        }
        cell.range = cell.range.lowerBound..<place
        cells.append(cell)
        guard place < bytes.count else {
            problem = "a quote is opened and never closed"
            return
        }
        place += 1
        skipSpaces()
        while place < bytes.count, bytes[place] != comma, bytes[place] != lineFeed, bytes[place] != carriageReturn {
            problem = "text follows a closing quote"
            place += 1
        }
    }

    private mutating func skipSpaces() {
        while place < bytes.count, bytes[place] == space || bytes[place] == tab {
            place += 1
        }
    }

    private var quote: UInt8 { UInt8(ascii: "\"") }
    private var comma: UInt8 { UInt8(ascii: ",") }
    private var lineFeed: UInt8 { UInt8(ascii: "\n") }
    private var carriageReturn: UInt8 { UInt8(ascii: "\r") }
    private var space: UInt8 { UInt8(ascii: " ") }
    private var tab: UInt8 { UInt8(ascii: "\t") }
}
