enum EdgeValues {
    /// Values that arithmetic on doubles gets wrong most easily.
    static let all: [Double] = [
        0, -0.0, 1, -1, 0.1, -0.1, 0.3, 1.0 / 3, .pi, .infinity, -.infinity, .nan, .signalingNaN,
        Double(bitPattern: 0x7FF8_0000_0000_1234), Double(bitPattern: 0xFFF0_0000_0000_0001),
        Double(bitPattern: 0xFFFF_FFFF_FFFF_FFFF), .leastNonzeroMagnitude, -.leastNonzeroMagnitude,
        .leastNormalMagnitude, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 0x1p53, 0x1p53 + 2, -0x1p53,
        0x1p63, -0x1p63, 0x1p64, 9_007_199_254_740_991, 1e15, 1e16, 1e17, 1e22, 1e23, 1e-5,
        1e-17, 1e-22, 1e-300, 123_456.789, 0.1 + 0.2, 100 * 1.1, 4.35, 2.675, 1.005, 1_234_567.891,
    ]
}
