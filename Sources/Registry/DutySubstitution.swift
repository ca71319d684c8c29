import Settings

/// For a time somebody is on duty in another's place.
package struct DutySubstitution: Hashable, Sendable {
    package enum Key: String, SectionKey {
        case from, to, person, by
    }

    /// UTC milliseconds; the end belongs to it no more.
    package var times: Range<Int64>
    /// Who is replaced; a key of `people`.
    package var person: String
    /// Who takes their place; a key of `people`.
    package var by: String

    package init(times: Range<Int64>, person: String, by: String) {
        self.times = times
        self.person = person
        self.by = by
    }
}
