import Foundation

extension Double {
    /// Rounded to so many significant decimal digits: `0.1 + 0.2` is then what one would get by hand.
    package func rounded(toDigits digits: Int) -> Double {
        guard isFinite, self != 0 else { return self }
        let places = digits - 1 - Int(log10(magnitude).rounded(.down))
        // Powers of ten up to 10^22 are exact, so that the division gives the nearest decimal.
        switch places {
        case 0...22:
            let scale = pow(10, Double(places))
            return (self * scale).rounded() / scale
        case -22..<0:
            let scale = pow(10, Double(-places))
            return (self / scale).rounded() * scale
        default: return self
        }
    }

    /// As people write it: at most nine digits, no point after a whole number.
    package var figure: String {
        let rounded = rounded(toDigits: 9)
        return rounded == rounded.rounded() && magnitude < 1e15 ? String(Int64(rounded)) : "\(rounded)"
    }
}
