/// How the next number of a series is foretold from those before it: a position that moves on by a velocity, both
/// corrected by a part of what the last prediction missed.
///
/// This one rule is an average (gain below one), a difference to the last number (gain one), a difference of
/// differences (trend as well), a fixed level (no gain) and a grid of times (no gain but a velocity).
struct Predictor: Equatable {
    /// Means no correction where a shift is expected.
    static let none: UInt8 = 255
    /// The largest gain there is as code: half-octaves, 2^(−40/2).
    static let highestGain: UInt8 = 40

    /// What part of a miss corrects the position: code 2k is 2^−k, code 2k + 1 three quarters of that.
    var gain: UInt8 = 0
    /// The shift by which a miss, divided, corrects the velocity; `none` for a velocity that stays.
    var trend: UInt8 = none
    /// The bits behind the point in position and velocity, at most 24.
    var fraction: UInt8 = 0
    /// Above zero, samples can be missing from a grid: the lowest bits, so many, of what is stored are the miss, the
    /// bits above them by how many steps, of one velocity each, the grid moves on first.
    var missBits: UInt8 = 0
    /// The velocity at the start of each block if it stays, in 2^−fraction.
    var velocity: Int64 = 0
    /// The activity at the start of each block.
    var activity: UInt64 = 0

    /// Whether every bit pattern is a meaning.
    var isValid: Bool {
        (gain <= Self.highestGain || gain == Self.none) && (trend <= Self.highestGain || trend == Self.none)
            && fraction <= 24 && missBits < 64 && (missBits == 0 || trend == Self.none)
    }

    /// The bits behind the point that a start of a block leaves out: it is stored in 16ths, no finer.
    var startShift: Int64 { max(0, Int64(fraction) - 4) }

    /// The state at the start of a block.
    @inline(__always)
    func state(start: Int64, velocity: Int64) -> State {
        State(position: start &<< startShift, velocity: velocity, activity: activity)
    }

    /// Where a block is expected to start if the one before started at `start`: what is stored is the difference.
    func next(after start: Int64) -> Int64 {
        start &+ ((velocity &* Int64(ChunkLimits.block)) &>> startShift)
    }
}

extension Predictor {
    /// What is known of a series up to some sample.
    struct State {
        /// The next number expected, in 2^−fraction.
        var position: Int64
        /// By how much it moves each sample, in 2^−fraction.
        var velocity: Int64
        /// An average of how far predictions missed, times 512, over the last eight samples or so.
        var activity: UInt64
    }

    /// The predictor's rule, unpacked for loops: what does not apply is masked out rather than asked for.
    struct Rule {
        private let fraction: Int64
        private let half: Int64
        private let first: Int64
        private let firstMask: Int64
        private let second: Int64
        private let secondMask: Int64
        private let trend: Int64
        private let trendMask: Int64
        private let missBits: UInt64
        private let missMask: UInt64

        init(_ predictor: Predictor) {
            fraction = Int64(predictor.fraction)
            half = fraction > 0 ? 1 << (fraction - 1) : 0
            let gain = predictor.gain
            first = gain == Predictor.none ? 0 : Int64(gain / 2)
            firstMask = gain == Predictor.none ? 0 : -1
            second = first + 2
            secondMask = gain != Predictor.none && gain % 2 == 1 ? -1 : 0
            trend = predictor.trend == Predictor.none ? 0 : Int64(predictor.trend)
            trendMask = predictor.trend == Predictor.none ? 0 : -1
            missBits = UInt64(predictor.missBits)
            missMask = (1 << missBits) - 1
        }

        /// Whether velocities stay, corrections are one shift of a miss, and no sample of a grid is missing: what
        /// `step` takes for granted.
        var isSimple: Bool { trendMask == 0 && secondMask == 0 && missBits == 0 }

        /// Takes in by how much the prediction missed, where the rule is simple.
        @inline(__always)
        func step(_ state: inout State, miss: Int64) {
            state.position = state.position &+ state.velocity &+ (((miss &<< fraction) &>> first) & firstMask)
        }

        /// The position, with half a unit added so that it is rounded when cut.
        @inline(__always)
        func rounded(_ state: State) -> Int64 { state.position &+ half }

        /// The number expected.
        @inline(__always)
        func prediction(_ rounded: Int64) -> Int64 { rounded &>> fraction }

        /// Which of 2^`bits` parts of the way between two numbers the position has reached.
        @inline(__always)
        func part(_ rounded: Int64, bits: Int64) -> Int {
            Int(truncatingIfNeeded: (rounded &>> (fraction &- bits)) & ((1 &<< bits) &- 1))
        }

        /// Takes in by how much the prediction missed.
        @inline(__always)
        func advance(_ state: inout State, miss: Int64) {
            let scaled = miss &<< fraction
            state.velocity = state.velocity &+ ((scaled &>> trend) & trendMask)
            let correction = ((scaled &>> first) & firstMask) &- ((scaled &>> second) & secondMask)
            state.position = state.position &+ state.velocity &+ correction
        }

        /// Takes in how far off it was, whatever the direction.
        @inline(__always)
        func note(_ state: inout State, miss: Int64) {
            let magnitude = min(miss.magnitude, 1 << 40)
            state.activity = state.activity &- (state.activity &>> 3) &+ (magnitude &<< 6)
        }

        /// The miss in what is stored, after the position has moved on by the steps in it.
        @inline(__always)
        func miss(_ stored: UInt64, _ state: inout State) -> Int64 {
            if missBits == 0 { return Int64(zigzag: stored) }
            let steps = stored &>> missBits
            if steps != 0 { skip(&state, steps: Int64(zigzag: steps)) }
            return Int64(zigzag: stored & missMask)
        }

        /// The miss in what is stored, without its steps.
        @inline(__always)
        func miss(_ stored: UInt64) -> Int64 { Int64(zigzag: missBits == 0 ? stored : stored & missMask) }

        /// Moves on by whole steps.
        @inline(__always)
        func skip(_ state: inout State, steps: Int64) {
            state.position = state.position &+ steps &* state.velocity
        }

        /// By how many steps of a grid a number lies off, to the nearest. The velocity is at least one unit.
        @inline(__always)
        func steps(to number: Int64, _ state: State) -> Int64 {
            let step = state.velocity &>> fraction
            let miss = number &- prediction(rounded(state)) &+ step / 2
            if miss >= 0 && miss < step { return 0 }
            let steps = miss / step
            return miss % step < 0 ? steps &- 1 : steps
        }
    }
}
