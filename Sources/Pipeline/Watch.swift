package import Registry
import Telemetry

/// What RATE, FLATLINE, DEVIATION and the test for jumps need of a point's past. One a point that has such a rule; a
/// fixed size, whatever the window.
///
/// The window of RATE is kept in eighths, each as its least and greatest value: what a value is held against reaches
/// back seven eighths of the window at least, and never further than the window.
package struct Watch: Sendable {
    /// The redundant transmitter beside this one, as far as a glance at its newest value tells something.
    enum Partner {
        static let none: Int32 = -1
        /// Several of them: no glance tells.
        static let several: Int32 = -2
    }

    private static let parts: Int64 = 8
    /// A value that moves less often than with one sample in ten may well rest on purpose.
    private static let leastActivity: Float = 0.1
    /// A run without movement counts once it would have brought so many movements before.
    private static let mostMissed: Float = 20
    /// The samples over which activity is averaged, about.
    private static let memory: Float = 64

    /// Infinite without RATE.
    private let rateLimit: Double
    /// An eighth of RATE's window, milliseconds; 0 without RATE.
    private let partLength: Int64
    /// FLATLINE's time, milliseconds; `Int64.max` without it.
    private let flatAfter: Int64
    /// By how much a sample may differ from one before it in RATE's window before it counts as a jump; infinite for never.
    private let jumpLimit: Double
    /// The only redundant partner, or what `Partner` says.
    let partner: Int32
    /// How far apart the two may be; infinite without a partner.
    private let deviationLimit: Double

    private var lows = InlineArray<8, Double>(repeating: .infinity)
    private var highs = InlineArray<8, Double>(repeating: -.infinity)
    /// Least and greatest of the parts before the one that fills.
    private var oldLow = Double.infinity
    private var oldHigh = -Double.infinity
    /// The part that fills, counted from 1970; `Int64.min` before the first.
    private var part = Int64.min
    /// The first sample taken since the window was emptied.
    private var firstTime = Int64.min
    private var lastTime = Int64.min
    private var lastValue = Double.nan

    /// Since when the value has not moved, by the source's time.
    private var flatSince = Int64.min
    private var flatSamples: Float = 0
    /// The share of samples that moved, lately, and as it was when the run began.
    private var activity: Float = 0
    private var activityBefore: Float = 0

    /// How much the newest value rose above the least of the window, or (negative) fell below the greatest, whichever
    /// is more.
    private(set) var change = 0.0
    /// Whether the newest value came in a jump.
    private(set) var isJump = false

    /// - Parameter group: the redundant transmitters that the point is one of, itself among them.
    init(_ point: Point, at position: Int, group: RedundantGroup?) {
        let rate = point.rule(.rate)
        rateLimit = rate?.limit ?? .infinity
        partLength = rate.map { max(1, $0.window / Watch.parts) } ?? 0
        flatAfter = point.rule(.flatline)?.window ?? .max
        // Half of the instrument's range in one step is no process's doing.
        let span = (point.high ?? .infinity) - (point.low ?? -.infinity)
        jumpLimit = rate != nil && point.kind != .binary ? span / 2 : .infinity
        deviationLimit = group?.limit ?? .infinity
        let others = group?.points.filter { $0 != position } ?? []
        partner = others.count > 1 ? Partner.several : others.first.map { Int32($0) } ?? Partner.none
    }

    /// Takes in a value that is not bad. One that is not newer than the last changes nothing.
    /// - Parameter other: the partner's newest value, if there is one.
    /// - Returns: whether no rule can have become true by it.
    @inline(__always)
    mutating func take(_ value: Double, at time: Int64, beside other: Double) -> Bool {
        take(value, at: time) && (partner == Partner.none || abs(value - other) < deviationLimit)
    }

    /// Takes in a value that is not bad. One that is not newer than the last changes nothing.
    /// - Returns: whether neither RATE nor FLATLINE can have become true by it, and it came in no jump.
    @inline(__always)
    @discardableResult
    package mutating func take(_ value: Double, at time: Int64) -> Bool {
        guard time > lastTime else { return false }
        isJump =
            abs(value - lastValue) >= jumpLimit && lastTime != .min && time - lastTime <= partLength * Watch.parts
        if partLength > 0 { follow(value, at: time) }
        let hasMoved = value != lastValue || flatSince == .min
        activity += ((hasMoved ? 1 : 0) - activity) / Watch.memory
        if hasMoved {
            flatSince = time
            flatSamples = 0
            activityBefore = activity
        } else {
            flatSamples += 1
        }
        lastTime = time
        lastValue = value
        return abs(change) < rateLimit && !isFlat && !isJump
    }

    /// Whether an instrument whose value was alive has stopped moving: for FLATLINE's time at least, and for so many
    /// samples that chance does not explain it.
    var isFlat: Bool {
        lastTime - max(flatSince, 0) >= flatAfter && activityBefore >= Watch.leastActivity
            && flatSamples * activityBefore >= Watch.mostMissed
    }

    /// Whether the window holds as much of the past as it ever does, so that a small change says something.
    var isFull: Bool { firstTime != .min && lastTime - firstTime >= partLength * (Watch.parts - 1) }

    /// The source's clock was set: times before are not of the same clock. How lively the value was stays known.
    package mutating func forgetTimes() {
        part = .min
        firstTime = .min
        lastTime = .min
        flatSince = .min
        change = 0
    }

    private mutating func follow(_ value: Double, at time: Int64) {
        let now = time / partLength
        if now != part { turn(to: now) }
        if firstTime == .min { firstTime = time }
        let place = Int(now & (Watch.parts - 1))
        lows[place] = min(lows[place], value)
        highs[place] = max(highs[place], value)
        let rise = value - min(oldLow, lows[place])
        let fall = max(oldHigh, highs[place]) - value
        change = rise >= fall ? rise : -fall
    }

    /// Empties the parts that have left the window.
    private mutating func turn(to now: Int64) {
        let isNew = part == .min || now < part || now - part >= Watch.parts
        for stale in (isNew ? now - Watch.parts + 1 : part + 1)...now {
            let place = Int(stale & (Watch.parts - 1))
            lows[place] = .infinity
            highs[place] = -.infinity
        }
        if isNew { firstTime = .min }
        part = now
        refreshOld()
    }

    private mutating func refreshOld() {
        let current = Int(part & (Watch.parts - 1))
        oldLow = .infinity
        oldHigh = -.infinity
        for place in 0..<Int(Watch.parts) where place != current {
            oldLow = min(oldLow, lows[place])
            oldHigh = max(oldHigh, highs[place])
        }
    }
}

extension Watch {
    /// The watches that a registry's rules ask for, in the order of its points.
    package static func all(of registry: Registry) -> [(point: Int, watch: Watch)] {
        let groups = groups(of: registry)
        return registry.points.indices.compactMap { place in
            let point = registry.points[place]
            let group = groups[place].map { registry.redundantGroups[$0] }
            guard group != nil || point.rule(.rate) != nil || point.rule(.flatline) != nil else { return nil }
            return (place, Watch(point, at: place, group: group))
        }
    }

    /// By point, the place of its redundant group in the registry.
    static func groups(of registry: Registry) -> [Int: Int] {
        var groups: [Int: Int] = [:]
        for (number, group) in registry.redundantGroups.enumerated() {
            for point in group.points { groups[point] = number }
        }
        return groups
    }

    /// What is kept across restarts: bit patterns in a fixed order (`schemas/state.md`, snapshot).
    package var kept: [UInt64] {
        var words = [UInt64(bitPattern: partLength), UInt64(bitPattern: part), UInt64(bitPattern: firstTime)]
        for place in 0..<Int(Watch.parts) { words += [lows[place].bitPattern, highs[place].bitPattern] }
        words += [UInt64(bitPattern: lastTime), lastValue.bitPattern, UInt64(bitPattern: flatSince)]
        return words + [flatSamples, activity, activityBefore].map { UInt64($0.bitPattern) }
    }

    /// Takes up what was kept. A window of another length is begun anew.
    package mutating func restore(_ words: [UInt64]) {
        guard words.count == kept.count else { return }
        if Int64(bitPattern: words[0]) == partLength, partLength > 0 {
            part = Int64(bitPattern: words[1])
            firstTime = Int64(bitPattern: words[2])
            for place in 0..<Int(Watch.parts) {
                lows[place] = Double(bitPattern: words[3 + 2 * place])
                highs[place] = Double(bitPattern: words[4 + 2 * place])
            }
            if part != .min { refreshOld() }
        }
        let rest = words.suffix(6).map { $0 }
        lastTime = Int64(bitPattern: rest[0])
        lastValue = Double(bitPattern: rest[1])
        flatSince = Int64(bitPattern: rest[2])
        (flatSamples, activity, activityBefore) = (
            Float(bitPattern: UInt32(truncatingIfNeeded: rest[3])),
            Float(bitPattern: UInt32(truncatingIfNeeded: rest[4])),
            Float(bitPattern: UInt32(truncatingIfNeeded: rest[5]))
        )
    }
}
