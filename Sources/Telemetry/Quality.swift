/// The OPC quality byte of a sample; its two highest bits say how far the value can be trusted.
package struct Quality: Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    package static let good = Quality(rawValue: 0xC0)
    package static let uncertain = Quality(rawValue: 0x40)
    package static let bad = Quality(rawValue: 0x00)

    /// Raises and clears alarms.
    package var isGood: Bool { rawValue & 0xC0 == 0xC0 }
    /// Raises alarms, never clears one.
    package var isUncertain: Bool { rawValue & 0xC0 == 0x40 }
    /// Neither good nor uncertain: neither raises a limit alarm nor clears one, and stands for BAD.
    package var isBad: Bool { !isGood && !isUncertain }

    /// The same quality, but good is lowered to uncertain.
    package var atMostUncertain: Quality { isGood ? .uncertain : self }
}
