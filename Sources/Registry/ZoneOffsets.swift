/// A time zone as a table of the moments at which its clocks are set: local times become instants by arithmetic alone.
///
/// The table reaches from 1970 to 2100; before and after it the nearest offset holds.
package struct ZoneOffsets: Hashable, Sendable {
    /// The clocks are set.
    package struct Change: Hashable, Sendable {
        /// UTC milliseconds.
        package let at: Int64
        /// Milliseconds that local clocks are ahead of UTC from then on.
        package let offset: Int64

        package init(at: Int64, offset: Int64) {
            self.at = at
            self.offset = offset
        }
    }

    /// An IANA name.
    package let identifier: String
    /// Milliseconds ahead of UTC before the first change.
    package let first: Int64
    /// In order of time.
    package let changes: [Change]

    package init(identifier: String, first: Int64, changes: [Change]) {
        self.identifier = identifier
        self.first = first
        self.changes = changes
    }

    /// Milliseconds that local clocks are ahead of UTC.
    package func offset(at instant: Int64) -> Int64 {
        let place = stretch(of: instant)
        return place == 0 ? first : changes[place - 1].offset
    }

    /// What the local clock shows, milliseconds as if it showed UTC.
    package func local(_ instant: Int64) -> Int64 { instant + offset(at: instant) }

    /// The first instant at which the local clock shows this time or a later one: of a time that is shown twice the first,
    /// of one that is left out the change that leaves it out.
    package func instant(ofLocal local: Int64) -> Int64 {
        // No clock is a day ahead of UTC, so that everything before is earlier on it, too.
        var place = stretch(of: local - CivilDate.milliseconds)
        while true {
            let (begin, offset) = place == 0 ? (Int64.min, first) : (changes[place - 1].at, changes[place - 1].offset)
            if place == changes.count || changes[place].at + offset > local { return max(begin, local - offset) }
            place += 1
        }
    }

    /// How many changes there were by an instant.
    private func stretch(of instant: Int64) -> Int {
        var (low, high) = (0, changes.count)
        while low < high {
            let middle = (low + high) / 2
            if changes[middle].at <= instant { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
