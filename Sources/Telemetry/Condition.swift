/// What can be wrong with an object, by the names the contract gives; raw values are stored and never reused.
package enum Condition: UInt8, CaseIterable, Sendable {
    case highHigh = 1
    case high = 2
    case low = 3
    case lowLow = 4
    case rate = 5
    case deviation = 6
    case stale = 7
    case bad = 8
    case flatline = 9
    case range = 10
    case offline = 20
    case clock = 21
    case gap = 22
    case inventory = 30
    case store = 40
    case broker = 41
    case flood = 42
    case undelivered = 43

    /// The word used in topics, events and settings.
    package var name: String {
        switch self {
        case .highHigh: "HH"
        case .high: "H"
        case .low: "L"
        case .lowLow: "LL"
        case .rate: "RATE"
        case .deviation: "DEVIATION"
        case .stale: "STALE"
        case .bad: "BAD"
        case .flatline: "FLATLINE"
        case .range: "RANGE"
        case .offline: "OFFLINE"
        case .clock: "CLOCK"
        case .gap: "GAP"
        case .inventory: "INVENTORY"
        case .store: "STORE"
        case .broker: "BROKER"
        case .flood: "FLOOD"
        case .undelivered: "UNDELIVERED"
        }
    }

    package init?(name: String) {
        guard let match = Condition.allCases.first(where: { $0.name == name }) else { return nil }
        self = match
    }

    /// Whether a value is held against a limit of its own kind: HH, H, L or LL.
    package var isLimit: Bool { self == .highHigh || self == .high || self == .low || self == .lowLow }

    /// Whether it says something of the process or the stock, rather than of an instrument or a connection.
    package var isOfProcess: Bool { isLimit || self == .rate || self == .inventory }

    /// The condition of the same value that says more: HH for H, LL for L.
    package var graver: Condition? {
        switch self {
        case .high: .highHigh
        case .low: .lowLow
        default: nil
        }
    }

    /// The condition of the same value that says less: H for HH, L for LL.
    package var milder: Condition? {
        switch self {
        case .highHigh: .high
        case .lowLow: .low
        default: nil
        }
    }

    /// The conditions a point can carry, in the order the contract names them.
    package static let ofPoints: [Condition] = [
        .highHigh, .high, .low, .lowLow, .rate, .deviation, .stale, .bad, .flatline, .range,
    ]
}
