/// Which of several tables of probabilities a token is coded with, by what is known before it is read: how far the
/// prediction lies between two numbers, and how far predictions missed of late.
struct Contexts: Equatable {
    /// Tables there can be at most.
    static let limit = 16

    /// The bits of the prediction's fraction that count, at most 3.
    var fractionBits: UInt8 = 0
    /// The classes of activity, 1 to 8.
    var classes: UInt8 = 1
    /// The number of bits of an activity up to which it is of class 0.
    var quiet: UInt8 = 0

    var count: Int { Int(classes) << Int(fractionBits) }

    /// The class of an activity.
    @inline(__always)
    func activityClass(_ activity: UInt64) -> Int {
        let bits = 64 &- activity.leadingZeroBitCount &- Int(quiet)
        return max(0, min(bits, Int(classes) &- 1))
    }

    /// The table by fraction part and class.
    @inline(__always)
    func index(part: Int, class activityClass: Int) -> Int { activityClass &<< Int(fractionBits) | part }

    func isValid(fraction: UInt8) -> Bool {
        fractionBits <= min(3, fraction) && classes >= 1 && classes <= 8 && quiet < 64 && count <= Self.limit
    }
}
