package import Registry

/// One turn of a tier in a forecast.
package struct ForecastEntry: Sendable, Hashable {
    /// UTC milliseconds.
    package let time: Int64
    package let tier: String
    /// The tier's place in the policy, from 0.
    package let step: Int
    /// Which announcement of the tier it is, from 1; 0 where it is passed over.
    package let announcement: Int
    package let audience: TierAudience

    package init(time: Int64, tier: String, step: Int, announcement: Int, audience: TierAudience) {
        self.time = time
        self.tier = tier
        self.step = step
        self.announcement = announcement
        self.audience = audience
    }

    /// Whether the tier's turn goes to the next one at once, as nobody of it can be told.
    package var isPassedOver: Bool { announcement == 0 }
}
