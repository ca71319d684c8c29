/// A device that publishes samples.
package struct Gateway: Hashable, Sendable {
    /// Milliseconds of silence after which a gateway counts as offline, unless a site file says otherwise.
    package static let standardSilence: Int64 = 60_000

    package var name: String
    /// Milliseconds; 0 is never.
    package var silence: Int64
    /// Positions in `Registry.sites` of those with points on it or that list it, ascending.
    package var sites: [Int]

    package init(name: String, silence: Int64 = Gateway.standardSilence, sites: [Int] = []) {
        self.name = name
        self.silence = silence
        self.sites = sites
    }
}
