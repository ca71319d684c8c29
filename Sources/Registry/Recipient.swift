/// Somebody of a tier who is to be told.
package struct Recipient: Hashable, Sendable {
    /// Why it is them.
    package enum Duty: Hashable, Sendable, CustomStringConvertible {
        case responsible(Responsible.Role)
        case deputy(Responsible.Role)
        case roster(String, shift: String)

        /// For people: `operational`, `deputy of operational`, `roster kenli-duty, night`.
        package var description: String {
            switch self {
            case .responsible(let role): role.rawValue
            case .deputy(let role): "deputy of \(role.rawValue)"
            case .roster(let name, let shift): "roster \(name), \(shift)"
            }
        }
    }

    package let name: String
    package let phone: String?
    package let duty: Duty

    package init(name: String, phone: String? = nil, duty: Duty) {
        self.name = name
        self.phone = phone
        self.duty = duty
    }
}
