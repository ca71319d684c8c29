/// Whom an escalation to a tier means.
package enum TierAudience: Hashable, Sendable {
    /// The policy names nobody for the tier: whoever serves it decides. It is never passed over.
    case unnamed
    /// At least one.
    case people([Recipient])
    /// The policy names somebody, and nobody is there: the tier is to be passed over at once, and why said.
    case nobody(reason: String)

    package var recipients: [Recipient] {
        if case .people(let people) = self { people } else { [] }
    }

    /// Why nobody could be told; nil where the tier is not to be passed over.
    package var emptiness: String? {
        if case .nobody(let reason) = self { reason } else { nil }
    }
}
