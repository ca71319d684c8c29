import Hummingbird
package import Registry

/// Who asks, and what they may see and do.
package struct Principal: Sendable, Hashable {
    package enum Role: String, Sendable, CaseIterable {
        case viewer, `operator`, engineer, consumer
        /// Of the control socket, which the file system guards.
        case local

        package var rights: Set<Right> {
            switch self {
            case .viewer: [.read]
            case .consumer: [.read, .consume]
            case .operator: [.read, .act, .consume]
            case .engineer, .local: Set(Right.allCases)
            }
        }

        /// Those a token can have.
        package static let ofTokens = allCases.filter { $0 != .local }
    }

    /// As it stands in events, and as a lease's holder.
    package let name: String
    package let role: Role
    package let scope: AreaScope
    /// The peer's; nil on the control socket.
    package let address: String?

    package init(name: String, role: Role, scope: AreaScope, address: String?) {
        self.name = name
        self.role = role
        self.scope = scope
        self.address = address
    }

    /// Where a request came from, for the audit record: `operator, 10.0.0.7`; nil on the control socket.
    package var origin: String? { address.map { "\(role.rawValue), \($0)" } }

    /// - Throws: `Problem` 403 that names the role and what it lacks.
    package func require(_ right: Right) throws {
        if role.rights.contains(right) {
            guard !right.concernsTheNode || scope.isUnlimited else {
                throw Problem(
                    .forbidden,
                    "the token of \(name) sees \(scope) alone, and to \(right.rawValue) concerns the whole "
                        + "node; valid: a token without areas")
            }
            return
        }
        let able = Role.ofTokens.filter { $0.rights.contains(right) }.map(\.rawValue).joined(separator: ", ")
        throw Problem(
            .forbidden, "the role \(role.rawValue) does not have the right to \(right.rawValue); valid: one of \(able)")
    }
}
