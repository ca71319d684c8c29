import Escalation

/// A consumer that waits for something to claim.
struct WaitingClaim: Sendable {
    /// The most consumers that wait at once; further ones are refused.
    static let bound = 1_024

    let claim: EscalationClaim
    /// Until when it waits, on the monotonic clock.
    let deadline: Int64
    /// Whether it went away meanwhile, so that nothing is to be handed to it.
    let isGone: @Sendable () -> Bool
    /// Told once: what was handed out, once that is committed; nothing in vain; nil if that could not be had.
    let reply: @Sendable ([ClaimedEscalation]?) -> Void
    /// What it has been handed so far.
    var claimed: [ClaimedEscalation] = []
    /// What the queue was like when it was last looked at for this claim.
    var seen: Int64?

    /// Whether nobody has looked yet whether there is something for it.
    var isFresh: Bool { seen == nil }
}
