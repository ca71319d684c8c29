import Settings
import Telemetry

/// A point's alarm rules from its row, and whether they make sense together.
extension PointListReader {
    private static let longestDelay: Double = 604_800

    mutating func readRules(of point: Point, deviation: Double?) -> [AlarmRule] {
        var highHigh = number(.limitHighHigh)
        var high = number(.limitHigh)
        var low = number(.limitLow)
        let lowLow = number(.limitLowLow)
        applyProfile(to: point, high: &high, highHigh: &highHigh, low: &low)
        let deadband = numbers(.deadband, atMost: .greatestFiniteMagnitude)
        let onDelay = numbers(.onDelay, atMost: PointListReader.longestDelay)
        let offDelay = numbers(.offDelay, atMost: PointListReader.longestDelay)
        let priority = priorities()
        let latching = flags()
        let rate = readRate()
        let flatAfter = milliseconds(.flatlineAfter) ?? 0

        var rules: [AlarmRule] = []
        rules.reserveCapacity(10)
        func add(_ condition: Condition, limit: Double, isLimit: Bool, window: Int64 = 0) {
            let general = isLimit ? 1.0 : 0.0
            rules.append(
                AlarmRule(
                    condition: condition,
                    limit: limit,
                    deadband: deadband?[condition] ?? (deadband?.general ?? 0) * general,
                    onDelay: milliseconds(onDelay?[condition] ?? (onDelay?.general ?? 0) * general),
                    offDelay: milliseconds(offDelay?[condition] ?? (offDelay?.general ?? 0) * general),
                    window: window,
                    priority: priority?[condition]
                        ?? (priority?.general ?? .high).lowered(by: PointListReader.steps(condition)),
                    latching: latching?[condition] ?? (isLimit && latching?.general ?? false)))
        }
        if let highHigh { add(.highHigh, limit: highHigh, isLimit: true) }
        if let high { add(.high, limit: high, isLimit: true) }
        if let low { add(.low, limit: low, isLimit: true) }
        if let lowLow { add(.lowLow, limit: lowLow, isLimit: true) }
        if let rate { add(.rate, limit: rate.limit, isLimit: false, window: rate.window) }
        if let deviation { add(.deviation, limit: deviation, isLimit: false) }
        if flatAfter > 0 { add(.flatline, limit: .nan, isLimit: false, window: flatAfter) }
        if point.staleAfter > 0 { add(.stale, limit: .nan, isLimit: false) }
        add(.bad, limit: .nan, isLimit: false)
        if point.low != nil || point.high != nil { add(.range, limit: .nan, isLimit: false) }

        checkOrder(rules)
        checkRange(rules, of: point)
        checkDeadband(rules, .high, .low)
        checkDeadband(rules, .highHigh, .lowLow)
        return rules
    }

    /// By how much a value may rise or fall within how many milliseconds.
    private func readRate() -> (limit: Double, window: Int64)? {
        let limit = number(.rateLimit, atLeast: 0)
        let window = milliseconds(.rateWindow) ?? 0
        guard let limit else {
            if window > 0, range(.rateLimit).isEmpty {
                addFault(.rateWindow, "there is no rate_limit beside it", valid: "both, or both empty")
            }
            return nil
        }
        if limit == 0 { addFault(.rateLimit, "every value changes by 0", valid: "a number above 0, or empty") }
        if window == 0 {
            addFault(.rateWindow, "it says not within what time", valid: "seconds above 0 beside a rate_limit")
        }
        return (limit, window)
    }

    /// How far below the written priority a condition stands.
    private static func steps(_ condition: Condition) -> UInt8 {
        switch condition {
        case .highHigh, .lowLow: 0
        case .high, .low, .rate: 1
        default: 2
        }
    }

    private func milliseconds(_ seconds: Double) -> Int64 { Int64((seconds * 1_000).rounded()) }

    // MARK: Values per condition

    private mutating func numbers(_ column: PointColumn, atMost maximum: Double) -> PerCondition<Double>? {
        let range = range(column)
        if range.isEmpty { return nil }
        if let before = numbersBefore[column.rawValue].recall(csv.bytes, range) { return before }
        let valid = "numbers from 0 up, such as 0.2 or HH=0.5 BAD=0.1"
        let values = perCondition(column, valid: valid) { bytes, range in
            DecimalText.value(bytes, range).flatMap { $0 >= 0 && $0 <= maximum ? $0 : nil }
        }
        if let values { numbersBefore[column.rawValue].keep(values, from: range) }
        return values
    }

    private mutating func priorities() -> PerCondition<Priority>? {
        let range = range(.priority)
        if range.isEmpty { return nil }
        if let before = prioritiesBefore.recall(csv.bytes, range) { return before }
        let valid = "critical, high, medium or low, or such as HH=critical H=high"
        let values = perCondition(.priority, valid: valid) { bytes, range in
            Priority(name: String(decoding: bytes[range], as: UTF8.self))
        }
        if let values { prioritiesBefore.keep(values, from: range) }
        return values
    }

    private mutating func flags() -> PerCondition<Bool>? {
        let range = range(.latching)
        if range.isEmpty { return nil }
        if let before = flagsBefore.recall(csv.bytes, range) { return before }
        let values = perCondition(.latching, valid: "yes or no, or such as HH=yes H=no") { bytes, range in
            switch String(decoding: bytes[range], as: UTF8.self).lowercased() {
            case "yes", "true", "1": true
            case "no", "false", "0": false
            default: nil
            }
        }
        if let values { flagsBefore.keep(values, from: range) }
        return values
    }

    private mutating func perCondition<Value>(
        _ column: PointColumn, valid: String, parse: ([UInt8], Range<Int>) -> Value?
    ) -> PerCondition<Value>? {
        do throws(PerConditionProblem) {
            return try PerCondition(csv.bytes, range(column), parse: parse)
        } catch {
            switch error {
            case .value(let text): addFault(column, "\"\(text)\" is no such value", valid: valid)
            case .condition(let name):
                let names = Condition.ofPoints.map(\.name).joined(separator: ", ")
                addFault(column, "\"\(name)\" is no condition of a point", valid: names)
            case .repeated(let name): addFault(column, "\(name) stands twice", valid: valid)
            }
            return nil
        }
    }

    // MARK: Sanity

    /// `rules` hold the limits from HH down to LL first.
    private func checkOrder(_ rules: [AlarmRule]) {
        var above: AlarmRule?
        for rule in rules where rule.condition.isLimit {
            if let above, rule.limit >= above.limit {
                let what = "\(words(rule)) is not below \(above.condition.name) \(above.limit)"
                addFault(PointListReader.column(rule.condition), what, valid: "LL < L < H < HH")
            }
            above = rule
        }
    }

    private func checkRange(_ rules: [AlarmRule], of point: Point) {
        let low = point.low ?? -.infinity
        let high = point.high ?? .infinity
        if low >= high {
            addFault(.high, "\(high) is not above low \(low)", valid: "low < high")
            return
        }
        for rule in rules where rule.condition.isLimit && (rule.limit < low || rule.limit > high) {
            let what = "\(words(rule)) lies outside the instrument's range"
            addFault(PointListReader.column(rule.condition), what, valid: "low to high, here \(low) to \(high)")
        }
    }

    /// A limit, and where it comes from if it is not in the row.
    private func words(_ rule: AlarmRule) -> String {
        let isWritten = !range(PointListReader.column(rule.condition)).isEmpty
        return isWritten ? "\(rule.limit)" : "\(rule.limit), the profile's set point for an empty cell,"
    }

    /// A deadband that reaches the opposite limit would let one alarm stand until the other comes.
    private func checkDeadband(_ rules: [AlarmRule], _ upper: Condition, _ lower: Condition) {
        guard let above = rules.first(where: { $0.condition == upper }),
            let below = rules.first(where: { $0.condition == lower }), above.limit > below.limit
        else { return }
        let distance = above.limit - below.limit
        let widest = max(above.deadband, below.deadband)
        if widest >= distance {
            let what = "\(widest) is as wide as the distance between \(upper.name) and \(lower.name)"
            addFault(.deadband, what, valid: "less than \(distance)")
        }
    }

    private static func column(_ condition: Condition) -> PointColumn {
        switch condition {
        case .highHigh: .limitHighHigh
        case .high: .limitHigh
        case .low: .limitLow
        default: .limitLowLow
        }
    }
}
