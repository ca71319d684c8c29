import Registry

/// The policy that an episode was born under; one object, so that looking something up in it copies nothing.
final class FrozenPolicy: Sendable {
    let policy: EscalationPolicy

    init(_ policy: EscalationPolicy) {
        self.policy = policy
    }
}
