import Glibc
import Telemetry

/// One tank of liquid ammonia, filled and drained through its valves.
///
/// The liquid follows the day's temperature with a small swing; the pressure is the vapour's at that
/// temperature plus the weight of the liquid above the transmitter.
struct Tank: Sendable {
    /// Metres of liquid.
    private(set) var level: Double
    /// °C.
    private(set) var temperature = 0.0
    private(set) var inletIsOpen: Bool
    private(set) var outletIsOpen: Bool
    /// m³/h through the open inlet.
    private let inletRate: Double
    private let outletRate: Double
    /// m².
    private let area: Double
    /// °C over the farm's mean.
    private let warmth: Double
    /// Between these levels, in m, the operators keep the tank.
    private static let workingRange = 3.0...7.5

    init(random: inout RandomState) {
        level = 4.5 + 2 * random.unit()
        inletRate = 90 + 40 * random.unit()
        outletRate = 40 + 30 * random.unit()
        area = 60 + 40 * random.unit()
        warmth = 2 * random.unit() - 1
        inletIsOpen = random.unit() < 0.5
        outletIsOpen = !inletIsOpen
    }

    /// - Parameters:
    ///   - seconds: how far time moves on.
    ///   - warmthOfDay: -1 in the small hours to 1 in the afternoon.
    mutating func step(seconds: Double, warmthOfDay: Double) {
        let flow = (inletIsOpen ? inletRate : 0) - (outletIsOpen ? outletRate : 0)
        level += flow / 3_600 * seconds / area
        if level >= Tank.workingRange.upperBound {
            inletIsOpen = false
            outletIsOpen = true
        } else if level <= Tank.workingRange.lowerBound {
            inletIsOpen = true
            outletIsOpen = false
        }
        temperature = 20 + warmth + 3 * warmthOfDay
    }

    /// m³/h.
    var inletFlow: Double { inletIsOpen ? inletRate : 0 }

    /// Gauge pressure at the bottom in MPa with so much liquid: vapour by Antoine's equation for ammonia
    /// (NIST Chemistry WebBook, 239.6–371.5 K), and 0.006 MPa a metre of liquid.
    func pressure(level: Double) -> Double {
        let bar = pow(10, 4.86886 - 1_113.928 / (temperature + 273.15 - 10.409))
        return bar / 10 - 0.101 + 0.006 * level
    }
}
