/// How residuals become tokens of one byte and raw bits behind them.
///
/// A zigzag number below 2^`direct` is its own token. A larger one, whose highest bit is number n, has `mantissa` bits
/// below that bit in its token, and the rest of its bits follow raw.
struct TokenShape: Equatable {
    /// The most that a token can be.
    static let lastToken = 255
    let direct: UInt64
    let mantissa: UInt64

    /// Those that are worth trying, roughly from small residuals to large ones.
    static let candidates = [
        TokenShape(direct: 4, mantissa: 1), TokenShape(direct: 3, mantissa: 2), TokenShape(direct: 5, mantissa: 1),
        TokenShape(direct: 4, mantissa: 2), TokenShape(direct: 6, mantissa: 1), TokenShape(direct: 7, mantissa: 1),
    ]

    /// The token of a zigzag number. It may be above `lastToken`, then the number does not go into this shape.
    @inline(__always)
    func token(_ number: UInt64) -> UInt64 {
        if number &>> direct == 0 { return number }
        let highest = UInt64(truncatingIfNeeded: 63 &- number.leadingZeroBitCount)
        let top = (number &>> (highest &- mantissa)) & ((1 &<< mantissa) &- 1)
        return (1 &<< direct) &+ ((highest &- direct) &<< mantissa) &+ top
    }

    /// How many raw bits follow a token.
    @inline(__always)
    func rawBits(_ token: UInt64) -> UInt64 {
        if token &>> direct == 0 { return 0 }
        return direct &+ ((token &- (1 &<< direct)) &>> mantissa) &- mantissa
    }

    /// The number of a token whose raw bits are all zero.
    func number(_ token: UInt64) -> UInt64 {
        if token &>> direct == 0 { return token }
        let top = (token &- (1 &<< direct)) & ((1 &<< mantissa) &- 1)
        return ((1 &<< mantissa) | top) &<< rawBits(token)
    }

    /// The tokens there can be: none has more than 63 − `mantissa` raw bits, as no number has more than 64 bits.
    var tokens: Int { min(Self.lastToken + 1, 1 << Int(direct) + (64 - Int(direct)) << Int(mantissa)) }
}
