/// Why an alarm is kept from annunciation; stands beside the state, which goes on beneath it.
package enum Suppression: UInt8, CaseIterable, Sendable {
    case none = 0
    case shelved = 1
    case suppressedByDesign = 2
    case outOfService = 3

    package var name: String {
        switch self {
        case .none: "none"
        case .shelved: "shelved"
        case .suppressedByDesign: "suppressed_by_design"
        case .outOfService: "out_of_service"
        }
    }
}
