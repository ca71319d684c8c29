/// The order of decimals with a limited number of significant digits.
///
/// Values written with six digits, say, have fewer decimals the larger they are: as integers in the unit of the
/// smallest, the larger ones are all multiples of ten. Numbers below 10^digits keep their place; those above are
/// counted in tens, above ten times that in hundreds, and so on.
struct DigitRank: Equatable {
    /// Digits there can be: 10^digits and nine times that are far below 2^63.
    static let most = 16
    let digits: Int
    private let limit: Int64
    private let decade: Int64

    /// `digits` are 1 to `most`.
    init(digits: Int) {
        self.digits = digits
        limit = Int64(ValueForm.powers[digits])
        decade = limit / 10 * 9
    }

    /// The place of a number whose last digits are zeros where they have to be.
    func rank(_ number: Int64) -> Int64 {
        var rest = number < 0 ? 0 &- number : number
        guard rest >= limit else { return number }
        var decades: Int64 = 0
        while rest >= limit {
            rest /= 10
            decades += 1
        }
        let rank = limit + (decades - 1) * decade + rest - limit / 10
        return number < 0 ? 0 - rank : rank
    }

    /// The number in a place. A place that no 64-bit number has gives some number.
    @inline(__always)
    func number(_ rank: Int64) -> Int64 {
        let place = rank < 0 ? 0 &- rank : rank
        guard place >= limit else { return rank }
        let beyond = place &- limit
        var number = limit / 10 &+ beyond % decade
        for _ in 0...min(19, beyond / decade) { number = number &* 10 }
        return rank < 0 ? 0 &- number : number
    }

    /// The fewest digits with which all of these numbers have places; nil if that makes none of them smaller.
    static func fitting(_ numbers: [Int64]) -> DigitRank? {
        let widest = numbers.reduce(0) { max($0, $1.magnitude) }
        guard widest >= 100, widest < 1 << 53 else { return nil }
        var highest: UInt64 = 10
        var places = 2
        while highest <= widest / 10 {
            highest *= 10
            places += 1
        }
        // Among numbers as long as the longest none may end in anything but zero; a few say no quickly.
        var needed = 1
        for number in numbers where number != 0 {
            var rest = number.magnitude
            guard rest < highest || rest % 10 == 0 else { return nil }
            while rest % 10 == 0 { rest /= 10 }
            var length = 1
            while rest >= 10 {
                rest /= 10
                length += 1
            }
            needed = max(needed, length)
        }
        return needed < places && needed <= most ? DigitRank(digits: needed) : nil
    }
}
