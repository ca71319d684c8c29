/// Binary logarithms for estimates of size. They steer the encoder only; no reader depends on them.
enum Logarithm {
    /// log2 of a positive number, to about nine digits.
    static func base2(_ value: Double) -> Double {
        var exponent = Double(value.exponent)
        var significand = value.significand
        if significand > 1.414 {
            significand /= 2
            exponent += 1
        }
        let ratio = (significand - 1) / (significand + 1)
        let square = ratio * ratio
        let series = 1 + square * (1.0 / 3 + square * (1.0 / 5 + square * (1.0 / 7 + square * (1.0 / 9 + square / 11))))
        return exponent + ratio * series * 2.885_390_081_777_927
    }

    /// n · log2 n for every n that a histogram of a chunk can have.
    static let weighted: [Double] = (0...ChunkLimits.samples).map { $0 < 2 ? 0 : Double($0) * base2(Double($0)) }
}
