package import Telemetry

/// A measuring point: where its samples come from and when it alarms.
package struct Point: Hashable, Sendable {
    /// Position in `Registry.sites`.
    package var site: Int
    /// Unique within its site, such as `LT-101`.
    package var name: String
    /// The hazard source it belongs to; empty when none is named.
    package var source: String
    /// Position in `Registry.gateways`.
    package var gateway: Int
    /// What the gateway calls it.
    package var tag: String
    package var kind: PointKind
    package var unit: String
    /// The instrument's range, engineering units.
    package var low: Double?
    package var high: Double?
    /// Milliseconds; 0 is never.
    package var staleAfter: Int64
    /// Those that exist, in the order HH H L LL RATE DEVIATION FLATLINE STALE BAD RANGE
    /// INVENTORY.
    package var rules: [AlarmRule]
    package var title: BilingualText
    /// What happens if nobody acts.
    package var consequence: BilingualText
    /// What to do.
    package var action: BilingualText

    package init(
        site: Int, name: String, source: String = "", gateway: Int, tag: String, kind: PointKind = .other,
        unit: String = "", low: Double? = nil, high: Double? = nil, staleAfter: Int64 = 0, rules: [AlarmRule] = [],
        title: BilingualText = BilingualText(), consequence: BilingualText = BilingualText(),
        action: BilingualText = BilingualText()
    ) {
        self.site = site
        self.name = name
        self.source = source
        self.gateway = gateway
        self.tag = tag
        self.kind = kind
        self.unit = unit
        self.low = low
        self.high = high
        self.staleAfter = staleAfter
        self.rules = rules
        self.title = title
        self.consequence = consequence
        self.action = action
    }

    package func rule(_ condition: Condition) -> AlarmRule? {
        rules.first { $0.condition == condition }
    }
}
