import Pipeline

/// The parts of the accounting sum.
enum ValueOutcome: String, CaseIterable, Sendable {
    case received, stored, duplicate, unmapped, quarantined

    func count(in accounting: Accounting) -> Int64 {
        switch self {
        case .received: accounting.received
        case .stored: accounting.stored
        case .duplicate: accounting.duplicate
        case .unmapped: accounting.unmapped
        case .quarantined: accounting.quarantined
        }
    }
}
