import Synchronization

/// How a target's courier is spoken to while it works.
final class WebhookLine: Sendable {
    let bell = Doorbell()
    /// Whether it is to deliver what it can at once, and end.
    let isEnding = Atomic(false)
    /// Whether another has taken its place, or nobody: its figures are of no interest any more.
    let isRetired = Atomic(false)
    /// Whether the target wanted no more.
    let isGone = Atomic(false)

    func end() {
        isEnding.store(true, ordering: .releasing)
        bell.ring()
    }
}
