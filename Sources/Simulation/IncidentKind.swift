/// What can be made to happen in the simulated tank farm.
package enum IncidentKind: String, CaseIterable, Sendable {
    /// A tank is filled past its highest limit and drained again; aimed at a level (`LT-101`).
    case overfill
    /// Gas escapes at a tank; aimed at a combustible gas detector (`GD-101`).
    case leak
    /// A transmitter repeats one value for ever; aimed at any point (`PT-101`).
    case stuck
    /// The gateway sends nothing, though its connection stays up.
    case silence
    /// The gateway's clock runs away from true time and comes back.
    case drift

    /// The instrument an incident strikes when no point is named; nil if it strikes the whole gateway.
    var usualInstrument: Instrument? {
        switch self {
        case .overfill: .level
        case .leak: .combustible
        case .stuck: .pressure
        case .silence, .drift: nil
        }
    }

    /// The height of the incident: peak level in m, peak %LEL, or clock offset in s.
    var usualAmount: Double {
        switch self {
        case .overfill: 9.9
        case .leak: 60
        case .stuck, .silence: 0
        case .drift: 600
        }
    }
}
