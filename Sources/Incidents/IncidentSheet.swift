/// `incident.json`: what the capsule is about (`schemas/incident.md`).
package struct IncidentSheet: Codable, Sendable {
    /// A name in both languages.
    package struct Title: Codable, Sendable {
        package var zh: String?
        package var en: String?
    }

    /// A point by the number that journal blocks have for it.
    package struct NamedPoint: Codable, Sendable {
        package var name: String
        package var number: Int64
    }

    /// The configuration in force when the alarm was raised, held against the files there are now.
    package struct ConfigurationState: Codable, Sendable {
        /// As the last `hazard.config.applied.v1` before the raise recorded it; nil if none did.
        package var recorded: String?
        package var now: String
    }

    package static let format = 1

    package var format = IncidentSheet.format
    package var node: String
    package var timezone: String
    package var episode: String
    /// `SITE/OBJECT/CONDITION`
    package var subject: String
    /// Empty for all sites.
    package var site: String
    /// Empty for the whole site.
    package var source: String
    package var siteName: Title
    package var sourceName: Title
    /// UTC milliseconds, like every time here.
    package var raisedAt: Int64
    /// The window, both ends included.
    package var from: Int64
    package var to: Int64
    package var madeAt: Int64
    package var points: [NamedPoint]
    package var configuration: ConfigurationState
}
