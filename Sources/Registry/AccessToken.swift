import Settings

/// An entry of the tokens file: who may ask over HTTP, for what and where.
package struct AccessToken: Hashable, Sendable {
    package enum Key: String, SectionKey {
        case tokens
    }

    /// Of one token.
    package enum EntryKey: String, SectionKey {
        case name, sha256, role, areas, expires, rate
    }

    package enum Role: String, CaseIterable, Sendable {
        case viewer, `operator`, engineer, consumer
    }

    /// The most tokens of a file.
    package static let bound = 1_024
    /// The most requests a second that can be set.
    package static let highestRate = 10_000.0

    /// Who bears it, as it stands on record.
    package let name: String
    /// SHA-256 of the token's text: 32 bytes.
    package let digest: [UInt8]
    package let role: Role
    package let scope: AreaScope
    /// From when on it is refused, UTC milliseconds; nil for never.
    package let expires: Int64?
    /// Requests a second; nil for the usual number.
    package let rate: Double?

    package init(
        name: String, digest: [UInt8], role: Role, scope: AreaScope = .unlimited, expires: Int64? = nil,
        rate: Double? = nil
    ) {
        self.name = name
        self.digest = digest
        self.role = role
        self.scope = scope
        self.expires = expires
        self.rate = rate
    }
}
