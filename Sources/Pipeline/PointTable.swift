import Registry
import Telemetry

/// What the engine keeps of every point, field by field in flat arrays.
struct PointTable {
    /// The newest sample's time; `Int64.min` before the first.
    var lastTime: [Int64]
    var lastValue: [Double]
    var lastQuality: [UInt8]
    /// When the newest sample was received, on the monotonic clock; the engine's start before the first.
    var lastReceived: [Int64]
    /// Strictly between these two a good value is neither beyond a limit nor out of range.
    var quietLow: [Double]
    var quietHigh: [Double]
    /// Whether no rule of the point is true, active or delayed.
    var isIdle: [Bool]
    /// The clock epoch of its gateway in which the newest sample came.
    var epoch: [UInt8]
    let staleAfter: [Int64]
    let gateway: [Int32]
    /// Where the point's rules begin in `rules`; one more entry than there are points.
    let ruleStart: [Int32]
    var rules: [RuleState]
    var rings: RingSlab

    static let ringCapacity = 16

    init(_ registry: Registry, startedAt now: Int64) {
        let points = registry.points
        lastTime = [Int64](repeating: .min, count: points.count)
        lastValue = [Double](repeating: .nan, count: points.count)
        lastQuality = [UInt8](repeating: Quality.bad.rawValue, count: points.count)
        lastReceived = [Int64](repeating: now, count: points.count)
        isIdle = [Bool](repeating: true, count: points.count)
        epoch = [UInt8](repeating: 0, count: points.count)
        staleAfter = points.map(\.staleAfter)
        gateway = points.map { Int32($0.gateway) }
        quietLow = []
        quietHigh = []
        quietLow.reserveCapacity(points.count)
        quietHigh.reserveCapacity(points.count)
        var starts: [Int32] = [0]
        starts.reserveCapacity(points.count + 1)
        rules = []
        for point in points {
            var low = point.low.map { $0.nextDown } ?? -Double.infinity
            var high = point.high.map { $0.nextUp } ?? Double.infinity
            for rule in point.rules {
                switch rule.condition {
                case .high, .highHigh: high = min(high, rule.limit)
                case .low, .lowLow: low = max(low, rule.limit)
                default: break
                }
                rules.append(RuleState(rule: rule))
            }
            quietLow.append(low)
            quietHigh.append(high)
            starts.append(Int32(rules.count))
        }
        ruleStart = starts
        rings = RingSlab(points: points.count, capacity: PointTable.ringCapacity)
    }

    func ruleIndices(_ point: Int) -> Range<Int> {
        Int(ruleStart[point])..<Int(ruleStart[point + 1])
    }

    func rule(_ point: Int, _ condition: Condition) -> Int? {
        ruleIndices(point).first { rules[$0].rule.condition == condition }
    }

    mutating func refreshIdle(_ point: Int) {
        isIdle[point] = ruleIndices(point).allSatisfy { rules[$0].isIdle }
    }

    /// Takes a sample as the point's newest.
    mutating func accept(_ point: Int, time: Int64, value: Double, quality: Quality, received: Int64) {
        lastTime[point] = time
        lastValue[point] = value
        lastQuality[point] = quality.rawValue
        lastReceived[point] = received
        rings.append(point, time: time, value: value)
    }
}
