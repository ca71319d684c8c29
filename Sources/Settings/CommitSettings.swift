/// When a burst is committed, and how firmly.
package struct CommitSettings: Hashable, Sendable {
    package enum Key: String, SectionKey {
        case maximumDelay = "max_delay_ms"
        case maximumSamples = "max_samples"
        case durability
    }

    package enum Durability: String, CaseIterable, Sendable {
        /// Every commit reaches the disk before anything is acknowledged.
        case full
        /// A power cut may lose the last commits.
        case normal
    }

    /// Milliseconds.
    package var maximumDelay: Int64
    package var maximumSamples: Int
    package var durability: Durability

    package init(maximumDelay: Int64 = 5, maximumSamples: Int = 50_000, durability: Durability = .full) {
        self.maximumDelay = maximumDelay
        self.maximumSamples = maximumSamples
        self.durability = durability
    }

    init(_ section: Section<Key>) {
        self.init()
        maximumDelay = section[.maximumDelay]?.integer(in: 0...1_000).map { Int64($0) } ?? maximumDelay
        maximumSamples = section[.maximumSamples]?.integer(in: 1...1_000_000) ?? maximumSamples
        durability = section[.durability]?.choice(Durability.self) ?? durability
    }
}
