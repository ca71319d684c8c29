import Telemetry

/// A cell that holds one value, or values per condition, or both: `5`, `HH=5 BAD=10`, `5 BAD=10`.
struct PerCondition<Value> {
    /// The value written without a condition.
    var general: Value?
    private(set) var named: [(condition: Condition, value: Value)] = []

    /// Splits the cell at its spaces; `parse` reads one value. Throws what is wrong with it.
    init(
        _ bytes: [UInt8], _ range: Range<Int>, parse: ([UInt8], Range<Int>) -> Value?
    ) throws(PerConditionProblem) {
        var start = range.lowerBound
        while start < range.upperBound {
            var end = start
            var equals: Int?
            while end < range.upperBound, bytes[end] != UInt8(ascii: " "), bytes[end] != UInt8(ascii: "\t") {
                if bytes[end] == UInt8(ascii: "="), equals == nil {
                    equals = end
                }
                end += 1
            }
            if end > start {
                let values = (equals.map { $0 + 1 } ?? start)..<end
                guard let value = parse(bytes, values) else {
                    throw .value(String(decoding: bytes[values], as: UTF8.self))
                }
                if let equals {
                    try add(value, for: String(decoding: bytes[start..<equals], as: UTF8.self))
                } else if general == nil {
                    general = value
                } else {
                    throw .repeated("a value without a condition")
                }
            }
            start = end + 1
        }
    }

    /// The value written for this very condition.
    subscript(condition: Condition) -> Value? {
        for entry in named where entry.condition == condition {
            return entry.value
        }
        return nil
    }

    private mutating func add(_ value: Value, for name: String) throws(PerConditionProblem) {
        guard let condition = Condition(name: name), Condition.ofPoints.contains(condition) else {
            throw .condition(name)
        }
        guard self[condition] == nil else { throw .repeated(name) }
        named.append((condition, value))
    }
}
